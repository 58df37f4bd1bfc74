import { startEngine } from '../start-engine';

const [databaseUrl = '', port, leaseMs] = process.argv.slice(2);

await startEngine({ databaseUrl, port: Number(port), dev: true, retryIntervalMs: 100, leaseMs: Number(leaseMs) });
process.stdout.write('ready\n');
