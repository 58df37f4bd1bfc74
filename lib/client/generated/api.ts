// Made by scripts/generate-docs.ts from the OpenAPI document; in the shape that openapi-fetch reads.

interface schemas {
  SentenceEdit: {
    /** The reader’s own sentences in place of the original; they are locked */
    rewrites?: Array<string>;
    /** Whether no run may change the sentence */
    locked?: boolean;
  };
  Problem: {
    type: string;
    title: string;
    status: number;
    detail: string;
    instance: string;
    code: string;
    retryable: boolean;
    request_id: string;
    /** with INSUFFICIENT_CREDITS */
    shortfall_credits?: number;
    /** with TOO_LARGE_FOR_SYNC and JOB_TIMED_OUT: the path to go on with */
    use_instead?: string;
    /** with RATE_LIMITED: by their names in RateLimit-Policy */
    violated_policies?: Array<string>;
    /** empty where no field is wrong */
    errors: Array<{
      field: string;
      message: string;
    }>;
  };
  Tokens: {
    access_token: string;
    refresh_token: string;
    token_type: 'Bearer';
    /** seconds */
    expires_in: number;
  };
  Me: {
    id: string;
    email: string;
    name: string | null;
    role: 'reader' | 'admin';
  };
  ApiKey: {
    id: string;
    name: string;
    /** its first characters, to know it by */
    prefix: string;
    scopes: Array<'read' | 'process' | 'admin'>;
    created_at: string;
    /** to the minute */
    last_used_at: string | null;
  };
  CreatedApiKey: {
    id: string;
    name: string;
    /** its first characters, to know it by */
    prefix: string;
    scopes: Array<'read' | 'process' | 'admin'>;
    created_at: string;
    /** to the minute */
    last_used_at: string | null;
    /** shown this once */
    key: string;
  };
  Quote: {
    quote_id: string;
    expires_at: string;
    file: {
      name: string;
      sha256: string;
      bytes: number;
      pages: number;
      text_pages: number;
      scanned_pages: number;
      blank_pages: number;
      garbled_pages: number;
      foreign_pages: number;
    };
    sentences: number;
    words: number;
    /** at or under the limit: they stay as they are */
    kept_sentences: number;
    /** over the limit: they will be rewritten; all others are left alone */
    long_sentences: number;
    /** of these: taken from your earlier jobs with the same file and settings, at no cost */
    cached_sentences: number;
    chunks: number;
    /** chunks at a time */
    workers: number;
    engine: 'offline' | 'gemini';
    gemini_model: 'balanced' | 'quality' | 'speed';
    estimated_tokens: number;
    /** what POST /jobs/confirm will reserve */
    estimated_credits: number;
    /** of work, at the pace of the last jobs here; waiting for a turn not counted */
    estimated_seconds: number;
    /** until the quote expires: it need not be sent again */
    file_kept: boolean;
    warnings: Array<{
      code: 'SCANNED_PAGES' | 'GARBLED_PAGES' | 'FOREIGN_PAGES' | 'NOTHING_TO_REWRITE' | 'INSUFFICIENT_CREDITS';
      detail: string;
    }>;
  };
  ConfirmedJob: {
    job_id: string;
    status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
    reserved_credits: number;
  };
  StartedJob: {
    job_id: string;
    task_id: string;
    status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
    message: string;
  };
  ProcessedNovel: {
    job_id: string;
    sentences: Array<{
      normalized: string;
      original: string;
    }>;
  };
  Job: {
    id: string;
    status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
    /** Settled share of the work; never falls within a run */
    progress_percent: number;
    current_step: {
      code: 'queued' | 'reading' | 'rewriting' | 'completed' | 'failed' | 'cancelled';
      text: string;
    };
    total_chunks: number;
    processed_chunks: number;
    failed_chunks: Array<{
      chunk: number;
      /** for example 16–30 */
      pages: string;
      code: string;
      retryable: boolean;
      attempts: number;
    }>;
    retry_count: number;
    max_retries: number;
    is_cancelled: boolean;
    cancelled_at: string | null;
    cancelled_by: string | null;
    task_id: string;
    engine: 'offline' | 'gemini';
    gemini_model: 'balanced' | 'quality' | 'speed';
    sentence_length_limit: number;
    settings: {
      sentence_length_limit: number;
      min_sentence_length: number;
      /** Default: gemini where a key is configured, else offline */
      engine?: 'offline' | 'gemini';
      gemini_model: 'balanced' | 'quality' | 'speed';
      ignore_dialogue: boolean;
      fix_hyphenation: boolean;
      preserve_formatting: boolean;
    };
    gemini_api_calls: number;
    gemini_tokens_used: number;
    processing_time_seconds: number;
    queue_seconds: number;
    sentences: {
      total: number;
      done: number;
      kept: number;
      rewritten: number;
      skipped: number;
      failed: number;
      /** of the rewritten: taken from an earlier job, at no cost */
      cached: number;
    };
    pages: number;
    novel: {
      name: string;
      sha256: string;
    };
    estimated_credits: number;
    reserved_credits: number;
    actual_credits: number;
    partial: boolean;
    error: {
      code: string;
      detail: string;
    } | null;
    created_at: string;
    started_at: string | null;
    completed_at: string | null;
    links: { [name: string]: string };
  };
  Chunk: {
    index: number;
    page_start: number;
    page_end: number;
    status: 'pending' | 'processing' | 'done' | 'failed';
    attempts: number;
    sentences: number;
    /** Who made its rewrites; mixed: some by Gemini, some offline, since the model gave up on them or the job changed its engine. Null while there are none, or only the reader’s own. Each sentence tells its own method */
    method: 'offline' | 'gemini' | 'mixed' | null;
    tokens: number;
    error: {
      code: string;
      detail: string;
    } | null;
  };
  Sentence: {
    position: number;
    chunk: number;
    page_start: number;
    page_end: number;
    paragraph: number;
    kind: 'narration' | 'dialogue' | 'heading' | 'verse' | 'note';
    original: string;
    /** [original] when kept or skipped; empty while pending or failed */
    rewrites: Array<string>;
    status: 'pending' | 'kept' | 'rewritten' | 'skipped' | 'failed';
    method: 'kept' | 'offline' | 'gemini' | 'gemini_retry' | 'gemini_stronger' | 'reader' | null;
    skip_reason: string | null;
    /** cached: taken from an earlier job, at no cost */
    flags: Array<'over_limit' | 'no_finite_verb' | 'bad_capital_or_mark' | 'not_french' | 'name_missing' | 'number_missing' | 'negation_missing' | 'content_missing' | 'name_added' | 'copy_of_neighbour' | 'nominal' | 'fell_back_to_offline' | 'blocked_by_model' | 'cached'>;
    locked: boolean;
  };
  Report: {
    job_id: string;
    partial: boolean;
    pages: {
      total: number;
      by_kind: {
        text: Array<number>;
        blank: Array<number>;
        scanned: Array<number>;
        garbled: Array<number>;
        foreign: Array<number>;
      };
    };
    sentences: {
      total: number;
      kept: number;
      rewritten: number;
      failed: number;
      pending: number;
      skipped: { [name: string]: number };
    };
    generated_sentences: number;
    /** rewritten, and yet longer than the limit */
    over_limit: number;
    /** They add up to over_limit */
    over_limit_reasons: {
      /** the reader’s own words */
      reader: number;
      /** the model declined the sentence, and the grammar got no further */
      blocked_by_model: number;
      /** the model gave no usable answer, and the grammar got no further */
      fell_back_to_offline: number;
      /** the grammar found no further place where both parts stand as sentences */
      no_split: number;
      /** the model’s best answer, though it was asked again for shorter ones */
      model_overran: number;
    };
    /** longer than the limit, and kept: nothing shorter could honestly be made */
    kept_over_limit: number;
    /** taken from an earlier job, at no cost */
    cached_sentences: number;
    methods: { [name: string]: number };
    flags: { [name: string]: number };
    failed_chunks: Array<{
      chunk: number;
      /** for example 16–30 */
      pages: string;
      code: string;
      retryable: boolean;
      attempts: number;
    }>;
    gemini_api_calls: number;
    gemini_tokens_used: number;
    credits: {
      reserved: number;
      settled: number;
      refunded: number;
    };
  };
  Credits: {
    /** in UTC; credits do not pass from one month to the next */
    month: string;
    balance: number;
    granted: number;
    adjusted: number;
    /** by runs that have not ended */
    reserved: number;
    used: number;
    /** reserved by runs that have ended, and not used */
    refunded: number;
    next_reset: string;
  };
  LedgerEntry: {
    id: string;
    kind: 'grant' | 'reserve' | 'settle' | 'release' | 'adjustment';
    /** What it does to the balance; the balance is the sum of all */
    amount: number;
    month: string;
    job_id: string | null;
    /** its name; gone with its job */
    novel: string | null;
    /** of the job: 0, and one more with each retry */
    run: number | null;
    reserved: number | null;
    /** what a run was charged in the end; the rest of what it had reserved came back */
    used: number | null;
    note: string | null;
    created_at: string;
  };
  Settings: {
    sentence_length_limit: number;
    min_sentence_length: number;
    /** Default: gemini where a key is configured, else offline */
    engine: 'offline' | 'gemini';
    gemini_model: 'balanced' | 'quality' | 'speed';
    ignore_dialogue: boolean;
    fix_hyphenation: boolean;
    preserve_formatting: boolean;
  };
  WebhookList: {
    items: Array<schemas['Webhook']>;
    /** All of them come at once */
    next: null;
  };
  Webhook: {
    id: string;
    url: string;
    events: Array<string>;
    created_at: string;
    last_message: schemas['WebhookMessage'] | null;
  };
  WebhookMessage: {
    /** The webhook-id, the same at every attempt */
    id: string;
    event: string;
    job_id: string | null;
    status: 'pending' | 'delivered' | 'failed';
    attempts: number;
    /** What was answered to the last attempt */
    last_status: number | null;
    /** Why nothing was; address_refused: there is no public address by that name */
    last_error: 'address_refused' | 'timed_out' | 'unreachable' | null;
    created_at: string;
    ended_at: string | null;
  };
  CreatedWebhook: {
    id: string;
    url: string;
    events: Array<string>;
    created_at: string;
    last_message: schemas['WebhookMessage'] | null;
    /** Signs what is sent, as Standard Webhooks has it; shown this once */
    secret: string;
  };
}

export interface paths {
  '/auth/register': {
    post: {
      parameters: {
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody: { content: { 'application/json': {
        email: string;
        password: string;
        name?: string;
      } } };
      responses: {
        201: { content: { 'application/json': {
          id: string;
          email: string;
        } } };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
        503: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/auth/token': {
    post: {
      parameters: {
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody: { content: { 'application/json': {
        email: string;
        password: string;
      } } };
      responses: {
        200: { content: { 'application/json': schemas['Tokens'] } };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
        503: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/auth/refresh': {
    post: {
      parameters: {
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody: { content: { 'application/json': {
        refresh_token: string;
      } } };
      responses: {
        200: { content: { 'application/json': schemas['Tokens'] } };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/auth/me': {
    get: {
      parameters: {};
      responses: {
        200: { content: { 'application/json': schemas['Me'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/account': {
    delete: {
      parameters: {
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody?: { content: { 'application/json': {
        /** unless the account has none */
        current_password?: string;
      } } };
      responses: {
        204: { content?: never };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
        503: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/account/export': {
    get: {
      parameters: {};
      responses: {
        200: { content: { 'application/zip': Blob } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/auth/password': {
    put: {
      parameters: {
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody: { content: { 'application/json': {
        /** unless the account has none yet */
        current_password?: string;
        new_password: string;
      } } };
      responses: {
        204: { content?: never };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
        503: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/auth/sessions': {
    delete: {
      parameters: {
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      responses: {
        204: { content?: never };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/api-keys': {
    get: {
      parameters: {};
      responses: {
        200: { content: { 'application/json': {
          items: Array<schemas['ApiKey']>;
          next: string | null;
        } } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
    post: {
      parameters: {
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody: { content: { 'application/json': {
        /** what it is for */
        name: string;
        /** read: GET; process: whatever starts or changes something; admin: /api/admin, for admins only */
        scopes?: Array<'read' | 'process' | 'admin'>;
      } } };
      responses: {
        201: { content: { 'application/json': schemas['CreatedApiKey'] } };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/api-keys/{keyId}': {
    delete: {
      parameters: {
        path: {
          keyId: string;
        };
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      responses: {
        204: { content?: never };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/estimate': {
    post: {
      parameters: {
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody: { content: { 'multipart/form-data': {
        sentence_length_limit?: number;
        min_sentence_length?: number;
        /** Default: gemini where a key is configured, else offline */
        engine?: 'offline' | 'gemini';
        gemini_model?: 'balanced' | 'quality' | 'speed';
        ignore_dialogue?: boolean | string;
        fix_hyphenation?: boolean | string;
        preserve_formatting?: boolean | string;
        /** The novel */
        pdf_file: Blob;
        /** Keep the file until the quote expires, to start without it */
        keep_file?: string;
      } } };
      responses: {
        200: { content: { 'application/json': schemas['Quote'] } };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        415: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
        503: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/estimate/{quoteId}': {
    post: {
      parameters: {
        path: {
          quoteId: string;
        };
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody: { content: { 'application/json': {
        sentence_length_limit?: number;
        min_sentence_length?: number;
        /** Default: gemini where a key is configured, else offline */
        engine?: 'offline' | 'gemini';
        gemini_model?: 'balanced' | 'quality' | 'speed';
        ignore_dialogue?: boolean | string;
        fix_hyphenation?: boolean | string;
        preserve_formatting?: boolean | string;
      } } };
      responses: {
        200: { content: { 'application/json': schemas['Quote'] } };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        415: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
        503: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
    delete: {
      parameters: {
        path: {
          quoteId: string;
        };
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      responses: {
        204: { content?: never };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/jobs/confirm': {
    post: {
      parameters: {
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody: { content: { 'application/json': {
        quote_id: string;
        /** Start at once, with the file that was kept with the quote */
        start?: boolean;
      } } };
      responses: {
        201: { content: { 'application/json': schemas['ConfirmedJob'] } };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        402: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/process-pdf-async': {
    post: {
      parameters: {
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody: { content: { 'multipart/form-data': {
        sentence_length_limit?: number;
        min_sentence_length?: number;
        /** Default: gemini where a key is configured, else offline */
        engine?: 'offline' | 'gemini';
        gemini_model?: 'balanced' | 'quality' | 'speed';
        ignore_dialogue?: boolean | string;
        fix_hyphenation?: boolean | string;
        preserve_formatting?: boolean | string;
        /** The novel */
        pdf_file: Blob;
        job_id: string;
      } } };
      responses: {
        202: { content: { 'application/json': schemas['StartedJob'] } };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        415: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
        503: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/process-pdf': {
    post: {
      parameters: {
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody: { content: { 'multipart/form-data': {
        sentence_length_limit?: number;
        min_sentence_length?: number;
        /** Default: gemini where a key is configured, else offline */
        engine?: 'offline' | 'gemini';
        gemini_model?: 'balanced' | 'quality' | 'speed';
        ignore_dialogue?: boolean | string;
        fix_hyphenation?: boolean | string;
        preserve_formatting?: boolean | string;
        /** The novel */
        pdf_file: Blob;
      } } };
      responses: {
        200: { content: { 'application/json': schemas['ProcessedNovel'] } };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        402: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        415: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
        502: { content: { 'application/problem+json': schemas['Problem'] } };
        503: { content: { 'application/problem+json': schemas['Problem'] } };
        504: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/jobs': {
    get: {
      parameters: {
        query?: {
          status?: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';
          /** part of the novel’s name */
          q?: string;
          /** “next” of the page before */
          cursor?: string;
          limit?: number;
        };
      };
      responses: {
        200: { content: { 'application/json': {
          items: Array<schemas['Job']>;
          next: string | null;
        } } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
    post: {
      parameters: {
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody: { content: { 'multipart/form-data': {
        sentence_length_limit?: number;
        min_sentence_length?: number;
        /** Default: gemini where a key is configured, else offline */
        engine?: 'offline' | 'gemini';
        gemini_model?: 'balanced' | 'quality' | 'speed';
        ignore_dialogue?: boolean | string;
        fix_hyphenation?: boolean | string;
        preserve_formatting?: boolean | string;
        /** The novel */
        pdf_file: Blob;
      } } };
      responses: {
        202: { content: { 'application/json': schemas['Job'] } };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        402: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        415: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
        503: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/jobs/{jobId}': {
    get: {
      parameters: {
        path: {
          jobId: string;
        };
      };
      responses: {
        200: { content: { 'application/json': schemas['Job'] } };
        304: { content?: never };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
    delete: {
      parameters: {
        path: {
          jobId: string;
        };
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      responses: {
        204: { content?: never };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/jobs/{jobId}/events': {
    get: {
      parameters: {
        path: {
          jobId: string;
        };
      };
      responses: {
        200: { content: { 'text/event-stream': string } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/jobs/{jobId}/cancel': {
    post: {
      parameters: {
        path: {
          jobId: string;
        };
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      responses: {
        200: { content: { 'application/json': schemas['Job'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/jobs/{jobId}/retry': {
    post: {
      parameters: {
        path: {
          jobId: string;
        };
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody?: { content: { 'application/json': {
        /** Only these; default: all that are not done */
        chunks?: Array<number>;
        /** For what is done now, as the rest; default: the job’s own */
        engine?: 'offline' | 'gemini';
        gemini_model?: 'balanced' | 'quality' | 'speed';
        sentence_length_limit?: number;
        min_sentence_length?: number;
        ignore_dialogue?: boolean | string;
      } } };
      responses: {
        202: { content: { 'application/json': schemas['Job'] } };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        402: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
        503: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/jobs/{jobId}/chunks': {
    get: {
      parameters: {
        path: {
          jobId: string;
        };
      };
      responses: {
        200: { content: { 'application/json': {
          items: Array<schemas['Chunk']>;
          next: string | null;
        } } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/jobs/{jobId}/sentences': {
    get: {
      parameters: {
        path: {
          jobId: string;
        };
        query?: {
          /** position of the last sentence already had */
          after?: number;
          limit?: number;
          /** only sentences that touch this page */
          page?: number;
          /** only sentences of this kind: heading gives the list of chapters */
          kind?: 'narration' | 'dialogue' | 'heading' | 'verse' | 'note';
          /** only sentences whose original or rewrite contains this */
          q?: string;
        };
      };
      responses: {
        200: { content: { 'application/json': {
          items: Array<schemas['Sentence']>;
          next: string | null;
        } } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/jobs/{jobId}/sentences/{position}': {
    patch: {
      parameters: {
        path: {
          jobId: string;
          position: number;
        };
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody: { content: { 'application/json': schemas['SentenceEdit'] } };
      responses: {
        200: { content: { 'application/json': schemas['Sentence'] } };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/jobs/{jobId}/report': {
    get: {
      parameters: {
        path: {
          jobId: string;
        };
      };
      responses: {
        200: { content: { 'application/json': schemas['Report'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/jobs/{jobId}/export': {
    get: {
      parameters: {
        path: {
          jobId: string;
        };
        query: {
          format: 'csv' | 'json' | 'txt' | 'pdf';
        };
      };
      responses: {
        200: { content: { 'text/csv': string; 'text/plain': string; 'application/json': {

        }; 'application/pdf': Blob } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
        503: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/credits': {
    get: {
      parameters: {};
      responses: {
        200: { content: { 'application/json': schemas['Credits'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/credits/ledger': {
    get: {
      parameters: {
        query?: {
          /** default: all months */
          month?: string;
          /** “next” of the page before */
          cursor?: string;
          limit?: number;
        };
      };
      responses: {
        200: { content: { 'application/json': {
          items: Array<schemas['LedgerEntry']>;
          next: string | null;
        } } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/settings': {
    get: {
      parameters: {};
      responses: {
        200: { content: { 'application/json': schemas['Settings'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
    put: {
      parameters: {
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody: { content: { 'application/json': {
        sentence_length_limit?: number;
        min_sentence_length?: number;
        /** Default: gemini where a key is configured, else offline */
        engine?: 'offline' | 'gemini';
        gemini_model?: 'balanced' | 'quality' | 'speed';
        ignore_dialogue?: boolean | string;
        fix_hyphenation?: boolean | string;
        preserve_formatting?: boolean | string;
      } } };
      responses: {
        200: { content: { 'application/json': schemas['Settings'] } };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/webhooks': {
    get: {
      parameters: {};
      responses: {
        200: { content: { 'application/json': schemas['WebhookList'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
    post: {
      parameters: {
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      requestBody: { content: { 'application/json': {
        /** https, without a user or a password, at an address of the public internet */
        url: string;
        events?: Array<'job.completed' | 'job.failed' | 'job.cancelled'>;
      } } };
      responses: {
        201: { content: { 'application/json': schemas['CreatedWebhook'] } };
        400: { content: { 'application/problem+json': schemas['Problem'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        413: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/webhooks/{webhookId}': {
    delete: {
      parameters: {
        path: {
          /** The webhook’s id */
          webhookId: string;
        };
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      responses: {
        204: { content?: never };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/webhooks/{webhookId}/test': {
    post: {
      parameters: {
        path: {
          /** The webhook’s id */
          webhookId: string;
        };
        header?: {
          /** Sent again with the same key, a request is not done again but answered the same, for a day */
          'Idempotency-Key'?: string;
        };
      };
      responses: {
        202: { content: { 'application/json': schemas['WebhookMessage'] } };
        401: { content: { 'application/problem+json': schemas['Problem'] } };
        403: { content: { 'application/problem+json': schemas['Problem'] } };
        404: { content: { 'application/problem+json': schemas['Problem'] } };
        409: { content: { 'application/problem+json': schemas['Problem'] } };
        422: { content: { 'application/problem+json': schemas['Problem'] } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
  '/openapi.json': {
    get: {
      parameters: {};
      responses: {
        200: { content: { 'application/json': {
          openapi: string;
        } } };
        429: { content: { 'application/problem+json': schemas['Problem'] } };
        500: { content: { 'application/problem+json': schemas['Problem'] } };
      };
    };
  };
}
