import { OTHER_VALUES } from "../../shared/contracts/published.ts";
import type { Crosstab } from "../../shared/contracts/published.ts";
import { dimensionWords, valueWords } from "../model/words.ts";
import { Scrolled } from "../ui/scrolled.tsx";
import { count } from "../model/numbers.ts";

const lastHidden = (a: string, b: string): number =>
  Number(a === OTHER_VALUES) - Number(b === OTHER_VALUES) || (a < b ? -1 : 1);

/** Two dimensions against each other. An empty cell says nothing: what is too small stands under "too few to show". */
export function CrosstabTable({ table }: { readonly table: Crosstab }) {
  const rows = [...new Set(table.cells.map(({ row }) => row))].sort(lastHidden);
  const columns = [...new Set(table.cells.map(({ column }) => column))].sort(lastHidden);
  const at = new Map(
    table.cells.map(({ row, column, conversations }) => [`${row}\n${column}`, conversations]),
  );
  const most = Math.max(1, ...table.cells.map(({ conversations }) => conversations));
  const title = `${dimensionWords(table.rows)} by ${dimensionWords(table.columns).toLowerCase()}`;
  return (
    <Scrolled label={title}>
      <table className="text-[0.85rem]">
        <caption className="pb-1 text-left text-[0.87rem] font-semibold">{title}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">{dimensionWords(table.rows)}</span>
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="px-1.5 py-0.5 text-right font-normal text-faint">
                {valueWords(table.columns, column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row" className="foreign py-0.5 pr-2 text-left font-normal text-faint">
                {valueWords(table.rows, row)}
              </th>
              {columns.map((column) => {
                const n = at.get(`${row}\n${column}`);
                const hidden = row === OTHER_VALUES || column === OTHER_VALUES;
                return (
                  <td
                    key={column}
                    className={`border border-line px-1.5 text-right tabular-nums ${hidden ? "withheld" : ""}`}
                    style={
                      n === undefined || hidden
                        ? undefined
                        : {
                            background: `color-mix(in srgb, var(--mark) ${Math.round((n / most) * 38)}%, transparent)`,
                          }
                    }
                  >
                    {n === undefined ? "" : count(n)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}
