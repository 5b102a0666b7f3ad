import type { Resource, StackTemplate } from "./support.ts";
import { resourcesOf } from "./support.ts";

/** A template's value as text: references become `<LogicalId>`, the rest what CloudFormation would put together. */
export function flat(value: unknown): string {
  if (typeof value === "string") return value;
  const [[name, argument]] = Object.entries(value as object) as [[string, unknown]];
  switch (name) {
    case "Ref":
      return `<${String(argument)}>`;
    case "Fn::GetAtt":
      return `<${(argument as string[]).join(".")}>`;
    case "Fn::Sub":
      return String(argument);
    // As the stack that owns it would refer to it: CDK names exports after that, with a hash behind.
    case "Fn::ImportValue":
      return String(argument)
        .replace(/^.*:ExportsOutput(?:FnGetAtt(\w+)(Arn)|Ref(\w+))[0-9A-F]{8}$/, "<$1$3.$2>")
        .replace(".>", ">");
    case "Fn::Join": {
      const [by, parts] = argument as [string, unknown[]];
      return parts.map(flat).join(by);
    }
    default:
      throw new Error(`${name} in a policy`);
  }
}

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: unknown;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Record<string, unknown>[] };
  readonly Roles: readonly unknown[];
}

/** What each function of a template may do, by the name of its entry; policies of roles are all allowed statements. */
export function statementsByEntry(template: StackTemplate): Map<string, Statement[]> {
  const roles = new Map<string, Statement[]>();
  for (const [, { Properties }] of resourcesOf(template, "AWS::IAM::Policy")) {
    const { PolicyDocument, Roles } = Properties as unknown as Policy;
    const statements = PolicyDocument.Statement.map((statement) => {
      if (statement["Effect"] !== "Allow" || "NotAction" in statement || "NotResource" in statement)
        throw new Error("only plain Allow statements are understood");
      return {
        actions: list(statement["Action"]).map(String),
        resources: list(statement["Resource"]).map(flat),
        condition: statement["Condition"],
      };
    });
    for (const role of Roles) roles.set(flat(role), [...(roles.get(flat(role)) ?? []), ...statements]);
  }
  return new Map(
    resourcesOf(template, "AWS::Lambda::Function").map(([id, fn]) => {
      const role = flat(fn.Properties!["Role"]).replace(".Arn>", ">");
      return [entryOf(id, fn), roles.get(role) ?? []];
    }),
  );
}

/** `facets` of handler `facets.handler`; functions of CDK's own go by their logical id. */
export function entryOf(id: string, { Properties }: Resource): string {
  return "FunctionName" in Properties! ? String(Properties["Handler"]).replace(".handler", "") : id;
}

/** Whether an IAM pattern matches: "*" is any text, "/" included. */
export function matches(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[^\w]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}

/** Whether the statements allow an action on an object, given the bucket's ARN as it stands in them. */
export function allows(statements: readonly Statement[], action: string, resource: string): boolean {
  return statements.some(
    ({ actions, resources }) =>
      actions.includes(action) && resources.some((pattern) => matches(pattern, resource)),
  );
}
