import { env } from '@/lib/env';
import type { EngineName } from './engine';

/** Gemini where a key is configured, our own engine where none is. */
export const defaultEngine = (): EngineName => (isAvailable('gemini') ? 'gemini' : 'offline');

export const isAvailable = (engine: EngineName): boolean => engine === 'offline' || env().GEMINI_API_KEY !== undefined;

export interface EngineChoice {
  name: EngineName;
  isAvailable: boolean;
  isDefault: boolean;
}

export const availableEngines = (): EngineChoice[] =>
  (['offline', 'gemini'] as const).map((name) => ({
    name,
    isAvailable: isAvailable(name),
    isDefault: name === defaultEngine(),
  }));
