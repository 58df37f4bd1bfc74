export * from './chunks';
export * from './credits';
export * from './jobs';
export * from './limits';
export * from './model-pace';
export * from './novels';
export * from './sentences';
export * from './users';
