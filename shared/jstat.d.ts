/** The one part of jstat that is used; the package has no types. */
declare module "jstat" {
  const jstat: { jStat: { beta: { inv(p: number, alpha: number, beta: number): number } } };
  export default jstat;
}
