import { lauxlib, lua, lualib, to_luastring } from 'fengari';

type Call = (command: string[]) => number | string | null;

/** Runs a script the way Redis does, with KEYS, ARGV and redis.call; it returns a list of whole numbers. */
export function runLua(script: string, keys: string[], args: string[], call: Call): number[] {
  const state = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(state);
  setList(state, 'KEYS', keys);
  setList(state, 'ARGV', args);
  lua.lua_newtable(state);
  lua.lua_pushcfunction(state, (within) => {
    const count = lua.lua_gettop(within);
    const command = Array.from({ length: count }, (_, index) => lua.lua_tojsstring(within, index + 1));
    const answer = call(command);
    if (answer === null) lua.lua_pushboolean(within, false);
    else if (typeof answer === 'number') lua.lua_pushinteger(within, answer);
    else lua.lua_pushstring(within, to_luastring(answer));
    return 1;
  });
  lua.lua_setfield(state, -2, to_luastring('call'));
  lua.lua_setglobal(state, to_luastring('redis'));
  // Lua itself does not know the first line that Redis takes flags from.
  const source = script.replace(/^#!.*/, '');
  const isWrong =
    lauxlib.luaL_loadstring(state, to_luastring(source)) !== lua.LUA_OK || lua.lua_pcall(state, 0, 1, 0) !== lua.LUA_OK;
  if (isWrong) throw new Error(lua.lua_tojsstring(state, -1));
  return Array.from({ length: lua.lua_rawlen(state, -1) }, (_, index) => {
    lua.lua_rawgeti(state, -1, index + 1);
    const value = lua.lua_tointeger(state, -1);
    lua.lua_pop(state, 1);
    return value;
  });
}

function setList(state: object, name: string, values: string[]) {
  lua.lua_newtable(state);
  for (const [index, value] of values.entries()) {
    lua.lua_pushstring(state, to_luastring(value));
    lua.lua_rawseti(state, -2, index + 1);
  }
  lua.lua_setglobal(state, to_luastring(name));
}
