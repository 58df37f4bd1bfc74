import { createApi } from './api';

export const api = createApi();
