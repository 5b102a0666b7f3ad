import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { boot } from "./boot.ts";
import { startTheme } from "./shell/theme.ts";
import "./style.css";

startTheme();

const root = document.getElementById("root");
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <App booted={boot()} />
    </StrictMode>,
  );
