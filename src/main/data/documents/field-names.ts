const NAME = /^[A-Za-z][A-Za-z0-9]{0,62}$/;

/** Names of fields and collections become part of what an engine is told, so only plain identifiers are let through. */
export function checkedName(name: string): string {
  if (!NAME.test(name)) throw new TypeError("Not a field or collection name.");
  return name;
}
