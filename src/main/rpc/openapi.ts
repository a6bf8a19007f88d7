import { OpenAPIGenerator } from "@orpc/openapi";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import type { Contract } from "@shared/define.ts";

type OpenApiDocument = Awaited<ReturnType<OpenAPIGenerator["generate"]>>;

/** The contract as OpenAPI 3.1: every route with its schemas and, as `x-roles`, `x-audit`, `x-fresh` and `x-errors`, its policy. */
export async function describeApi(contract: Record<string, Contract>, version: string): Promise<OpenApiDocument> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(contract, {
    info: { title: "Polyclinic", version, description: "Every route is a POST; the body is its input, the answer its output." },
    components: {
      securitySchemes: { session: { type: "http", scheme: "bearer", description: "The token of session.signIn or system.claimDevice." } },
    },
    security: [{ session: [] }],
  });
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => [`/api${path}`, item] as const);
  return { ...document, paths: Object.fromEntries(paths) };
}
