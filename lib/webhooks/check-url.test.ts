import { describe, expect, it } from 'vitest';
import { faultOf } from './check-url';

const PRIVATE = 'not an address of the public internet';

describe('an address for messages', () => {
  it.each([
    'https://example.org/novels',
    'https://93.184.216.34:8443/',
    'https://[2606:2800:220:1::1]/',
    'HTTPS://EXAMPLE.ORG',
  ])('may be %s', (url) => expect(faultOf(url, false)).toBeUndefined());

  it.each([
    ['this machine', 'https://127.0.0.1/'],
    ['by its name', 'https://localhost:3000/'],
    ['by a name below that', 'https://a.LOCALHOST./'],
    ['in decimal', 'https://2130706433/'],
    ['in hexadecimal', 'https://0x7f000001/'],
    ['in octal', 'https://0177.0.0.1/'],
    ['in part', 'https://127.1/'],
    ['in wide digits', 'https://１２７.0.0.1/'],
    ['any of this machine', 'https://0.0.0.0/'],
    ['in IPv6', 'https://[::1]/'],
    ['unspecified in IPv6', 'https://[::]/'],
    ['mapped into IPv6', 'https://[::ffff:127.0.0.1]/'],
    ['mapped in hexadecimal', 'https://[::ffff:7f00:1]/'],
    ['written as one of IPv6', 'https://[::127.0.0.1]/'],
    ['written so in hexadecimal', 'https://[::7f00:1]/'],
    ['of a local network written so', 'https://[::a00:1]/'],
    ['translated', 'https://[64:ff9b::7f00:1]/'],
    ['translated within a network', 'https://[64:ff9b:1::7f00:1]/'],
    ['translated by an older rule', 'https://[::ffff:0:7f00:1]/'],
    ['tunnelled', 'https://[2002:7f00:1::]/'],
    ['tunnelled by Teredo', 'https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/'],
    ['of nobody yet', 'https://[4000::1]/'],
    ['of a site in IPv6', 'https://[fec0::1]/'],
    ['of a cloud’s own services in IPv6', 'https://[fd00:ec2::254]/'],
    ['of many in IPv6', 'https://[ff02::1]/'],
    ['of examples', 'https://[2001:db8::1]/'],
    ['of a void', 'https://[100::1]/'],
    ['of a local network', 'https://10.1.2.3/'],
    ['of another', 'https://172.16.0.1/'],
    ['of a third', 'https://192.168.1.1/'],
    ['of a carrier', 'https://100.64.0.1/'],
    ['of a cloud’s own services', 'https://169.254.169.254/latest/meta-data'],
    ['of Azure’s platform', 'https://168.63.129.16/machine?comp=goalstate'],
    ['of Alibaba’s', 'https://100.100.100.200/latest/meta-data'],
    ['of Oracle’s', 'https://192.0.0.192/latest/meta-data'],
    ['of Google’s, within its networks', 'https://199.36.153.10/'],
    ['of Google’s in IPv6, too', 'https://[2600:2d00:2:2000::1]/'],
    ['of Google’s metadata in IPv6', 'https://[fd20:ce::254]/'],
    ['of IBM’s', 'https://161.26.0.10/'],
    ['of IBM’s other services', 'https://166.9.12.1/'],
    ['of a platform mapped into IPv6', 'https://[::ffff:168.63.129.16]/'],
    ['of a link in IPv6', 'https://[fe80::1]/'],
    ['of a local network in IPv6', 'https://[fd00::1]/'],
    ['of many', 'https://224.0.0.1/'],
    ['of everybody', 'https://255.255.255.255/'],
  ])('may not be %s: %s', (_, url) => {
    expect(faultOf(url, false)).toBe(PRIVATE);
    expect(faultOf(url, true)).toBeUndefined();
  });

  it.each([
    'http://example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'gopher://a/',
    'unix:/run/a',
  ])('may not be of another scheme: %s', (url) => expect(faultOf(url, false)).toBe('must begin with https://'));

  it('may be of http, and of nothing else, where a local network is allowed', () => {
    expect(faultOf('http://10.0.0.1/', true)).toBeUndefined();
    expect(faultOf('ftp://10.0.0.1/', true)).toBe('must begin with https://');
  });

  it('may not name a user or a password', () => {
    const fault = 'must not name a user or a password';
    expect(faultOf('https://reader@example.org/', false)).toBe(fault);
    expect(faultOf('https://:secret@example.org/', true)).toBe(fault);
    expect(faultOf('https://example.org@127.0.0.1/', false)).toBe(fault);
  });

  it.each(['', 'example.org', '//example.org', 'https://', 'https://[::1', 'https://256.256.256.256/'])(
    'may not be nonsense: « %s »',
    (url) => expect(faultOf(url, true)).toBe('not an address'),
  );
});
