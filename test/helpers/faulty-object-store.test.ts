import { expect, test } from "vitest";
import { memoryObjectStore } from "../../shared/adapters/memory/object-store.ts";
import { ErrorName } from "../../shared/errors.ts";
import { describeObjectStore } from "../contracts/object-store.suite.ts";
import { faultsAt, faultyObjectStore } from "./faulty-object-store.ts";

describeObjectStore("a faulty store without a fault", async () => ({
  store: faultyObjectStore(memoryObjectStore(), () => undefined),
  close: async () => {},
}));

const body = Uint8Array.of(1);

test("fails the chosen writes and no other", async () => {
  const inner = memoryObjectStore();
  const store = faultyObjectStore(inner, faultsAt({ 1: "ENOSPC", 2: "EIO", 3: "EMFILE" }));
  expect(await store.put("runs/a/0", body)).toBe(1);
  await expect(store.putIfAbsent("runs/a/1", body)).rejects.toMatchObject({
    name: ErrorName.permanent,
    code: "no_space",
  });
  await expect(store.put("runs/a/2", body)).rejects.toMatchObject({
    name: ErrorName.transient,
    code: "io_error",
  });
  await expect(store.put("runs/a/3", body)).rejects.toMatchObject({ code: "too_many_open_files" });
  expect(await store.putIfAbsent("runs/a/1", body)).toBe("created");
  expect(await inner.get("runs/a/2")).toBeNull();
  expect(store.writes.map(({ index, verb, key }) => `${index} ${verb} ${key}`)).toEqual([
    "0 put runs/a/0",
    "1 putIfAbsent runs/a/1",
    "2 put runs/a/2",
    "3 put runs/a/3",
    "4 putIfAbsent runs/a/1",
  ]);
});

test("a fault can come after the write took effect", async () => {
  const store = faultyObjectStore(memoryObjectStore(), ({ key }) =>
    key.endsWith("x") ? { errno: "EIO", applied: true } : undefined,
  );
  await expect(store.putIfAbsent("runs/a/x", body)).rejects.toMatchObject({ name: ErrorName.transient });
  expect(await store.get("runs/a/x")).toEqual(body);
});
