import { ThinkingLevel } from '@google/genai';
import type { GeminiModel } from '@/lib/rewrite/engine';

export interface Model {
  name: string;
  /** Thoughts count against the output limit, so no model gets more than it needs; absent: the model's default. */
  thinkingLevel?: ThinkingLevel;
}

const FAST: Model = { name: 'gemini-2.5-flash-lite' };
const MIDDLE: Model = { name: 'gemini-3.5-flash-lite' };
const BEST: Model = { name: 'gemini-3.8-flash', thinkingLevel: ThinkingLevel.LOW };

/**
 * Which model rewrites, and which one is asked for what it could not do.
 * Google closes gemini-2.5-flash and -pro on 2026-12-01; the two 3.x models are the successors it names.
 */
export const MODEL_LADDER = {
  speed: { model: FAST, stronger: MIDDLE },
  balanced: { model: MIDDLE, stronger: BEST },
  quality: { model: BEST, stronger: undefined },
} as const satisfies Record<GeminiModel, { model: Model; stronger: Model | undefined }>;
