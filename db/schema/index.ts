export * from './chunks';
export * from './jobs';
export * from './novels';
export * from './sentences';
export * from './users';
