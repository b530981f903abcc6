import { messageType } from './messages.ts';

const request = messageType('otlp.ExportMetricsServiceRequest');
const response = messageType('otlp.ExportMetricsServiceResponse');
const status = messageType('rpc.Status');

/** An ExportMetricsServiceRequest as OTLP/HTTP has it in JSON. Throws where the bytes are no such message. */
export function exportRequestJson(body: Uint8Array): string {
  const message = request.toObject(request.decode(body), { longs: String, json: true });
  return JSON.stringify(message, (key, value: unknown) => {
    if (!isBytes(value)) return value;
    const bytes = Buffer.from('data' in value ? value.data : value);
    return bytes.toString(key === 'traceId' || key === 'spanId' ? 'hex' : 'base64');
  });
}

/** Of the JSON of an ExportMetricsServiceResponse. */
export function exportResponse(json: string): Uint8Array {
  return response.encode(response.fromObject(objectOf(json))).finish();
}

/** Of the JSON of a google.rpc.Status, without its details. */
export function statusMessage(json: string): Uint8Array {
  return status.encode(status.fromObject(objectOf(json))).finish();
}

function objectOf(json: string): Record<string, unknown> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own SQL or template wrote it
  return JSON.parse(json) as Record<string, unknown>;
}

/** JSON.stringify shows a Buffer as what its own toJSON makes of it. */
function isBytes(value: unknown): value is Uint8Array | { readonly data: number[] } {
  return value instanceof Uint8Array || (typeof value === 'object' && value !== null && 'data' in value && 'type' in value && value.type === 'Buffer' && Array.isArray(value.data));
}
