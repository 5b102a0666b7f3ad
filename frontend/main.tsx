import * as z from "zod";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App, loadPageOf } from "./app.tsx";
import { boot } from "./boot.ts";
import { startTheme } from "./shell/theme.ts";
import { Failure } from "./ui/states.tsx";
import "./style.css";

// The page's policy lets no code be made at runtime, which schemas try to do for speed.
z.config({ jitless: true });
startTheme();

const root = document.getElementById("root");

async function start(place: HTMLElement): Promise<void> {
  const drawn = createRoot(place);
  try {
    const [booted] = await Promise.all([boot(), loadPageOf(location.pathname)]);
    drawn.render(
      <StrictMode>
        <App booted={booted} />
      </StrictMode>,
    );
  } catch (error) {
    drawn.render(
      <main className="p-6">
        <h1 className="mb-3">ant-clio</h1>
        <Failure error={error} retry={() => location.reload()} />
      </main>,
    );
  }
}

if (root !== null) void start(root);
