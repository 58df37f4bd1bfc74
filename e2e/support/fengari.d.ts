/** What we use of it; it comes without types. */
declare module 'fengari' {
  type State = object;
  type LuaString = Uint8Array;
  export const lua: {
    LUA_OK: number;
    lua_pushcfunction(state: State, fn: (state: State) => number): void;
    lua_pushinteger(state: State, value: number): void;
    lua_pushstring(state: State, value: LuaString): void;
    lua_pushboolean(state: State, value: boolean): void;
    lua_newtable(state: State): void;
    lua_setglobal(state: State, name: LuaString): void;
    lua_setfield(state: State, index: number, name: LuaString): void;
    lua_rawseti(state: State, index: number, n: number): void;
    lua_rawgeti(state: State, index: number, n: number): number;
    lua_rawlen(state: State, index: number): number;
    lua_gettop(state: State): number;
    lua_pcall(state: State, args: number, results: number, handler: number): number;
    lua_tointeger(state: State, index: number): number;
    lua_tojsstring(state: State, index: number): string;
    lua_pop(state: State, count: number): void;
  };
  export const lauxlib: {
    luaL_newstate(): State;
    luaL_loadstring(state: State, source: LuaString): number;
  };
  export const lualib: { luaL_openlibs(state: State): void };
  export function to_luastring(text: string): LuaString;
}
