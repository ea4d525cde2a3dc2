import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { environment, root } from "../../../tools/environment.mjs";
import { type Course, createCourse, openCourse, writeSettings } from "../../../tools/course/course-folder";
import { gradeAll, type GradingResult, ungraded } from "../../../tools/course/grade";
import { type Marks, readMarks } from "../../../tools/course/marks";
import type { Place } from "../../../tools/course/place";
import { reportCommand } from "../../../tools/course/report-command";
import { importRoster } from "../../../tools/course/roster";
import { release } from "../../../tools/course/release";
import { readOptions } from "../../../tools/course/options";
import { whyNoSandbox } from "../../../tools/course/sandbox";
import { setUpFurther } from "../../../tools/setup/further-environment.mjs";
import { courseEnvironment } from "../../../tools/setup/python.mjs";
import { findSets, readNotebook } from "../../../tools/course/sources";
import { type Generated, handInBroken, handInHostile, handInSet } from "./generated-course";
import { hostileWorks, type HostileWork } from "./hostile-works";

const place: Place = { root, folder: root, variables: environment(process.env) };
const tiny = { name: "00-tiny", file: join(__dirname, "fixtures", "00-tiny", "00-tiny.ipynb") };
const noSandbox = whyNoSandbox(place.variables);

describe("a course", () => {
  // A test without a body: mocha lists it as pending.
  if (noSandbox !== null) it(`not run: submissions are executed in bubblewrap, and ${noSandbox}`);
  else gradeCourse();
});

function gradeCourse(): void {
  const sets = findSets(place, []);
  let folder: string;
  let course: Course;
  let server: Server;
  let connections = 0;
  let hostile: HostileWork[];
  let broken: Map<string, RegExp>;
  let works: Generated[];
  let result: GradingResult;
  let marks: Marks[];

  before(async function () {
    this.timeout(40 * 60_000);
    await setUpFurther(courseEnvironment, { quiet: true });
    folder = mkdtempSync(join(tmpdir(), "fathom-course-test-"));
    createCourse(join(folder, "course"), "test", "a key of the test's");
    course = openCourse(join(folder, "course"));
    const { settings } = course;
    // Small, so that what must be stopped is stopped soon; the longest right cell takes 3 s, 7 s on a busy machine.
    const limits = { ...settings.limits, cellCpuSeconds: 20, processes: 150, memoryMebibytes: 2048 };
    const due = { [tiny.name]: { due: "2027-01-10T12:00:00Z" } };
    writeSettings(course.folder, { ...settings, limits, sets: due });
    const released = await release(place, openCourse(course.folder), [...sets, tiny]);
    assert.deepEqual(
      released.filter(({ error }) => error !== null),
      [],
    );
    course = openCourse(course.folder);

    server = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const inCourse = ["", "course.key", "gradebook.db", "source", "submitted"].map((name) => join(course.folder, name));
    const inClone = ["notebooks", "notebooks/homework", "test", "test/homework", ".git", "tools"].map((name) =>
      join(root, name),
    );
    const files = [...inCourse, ...inClone, join(homedir(), ".bashrc"), "/etc/shadow", "/etc/hosts", folder];
    hostile = hostileWorks({ files, port: (server.address() as { port: number }).port });
    works = [...sets.flatMap((set) => handInSet(place, course, set)), ...handInHostile(course, tiny.name, hostile)];
    broken = handInBroken(course, tiny.name);
    const late = join(course.folder, "submitted", "noisy", tiny.name, "timestamp.txt");
    writeFileSync(late, "2027-01-11 13:00:00 UTC\n");

    const students = [...works.map(({ student }) => student), ...broken.keys(), "absent"];
    await importRoster(
      place,
      course,
      [...new Set(students)].map((id) => ({ id, first_name: "", last_name: id, email: `${id}@example.org` })),
    );
    const all = [...works, ...[...broken.keys()].map((student) => ({ student, set: tiny.name }))];
    const options = { jobs: 2, again: false, unsandboxed: false, anyStudent: false };
    result = await gradeAll(place, course, all, options);
    marks = await readMarks(place, course);
  });
  after(() => {
    server?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const marksOf = (student: string, set: string): Marks => {
    const found = marks.find((one) => one.student === student && one.set === set);
    assert.ok(found, `${student} has no marks for ${set}`);
    return found;
  };
  const recordOf = (student: string, set: string): GradingResult["graded"][number] => {
    const found = result.graded.find((one) => one.student === student && one.set === set);
    assert.ok(found, `${student}'s ${set} was not graded`);
    return found;
  };
  const executed = (student: string, set: string) =>
    readNotebook(join(course.folder, "autograded", student, set, `${set}.ipynb`));

  /** What a work lost in each test cell; cells graded by hand are left out. */
  function lost({ student, set }: Generated): Record<string, number> {
    const { cells } = marksOf(student, set);
    const tests = executed(student, set).cells.flatMap(({ cell_type, metadata }) => {
      const { grade, solution, grade_id } = (metadata["nbgrader"] ?? {}) as Record<string, unknown>;
      return cell_type === "code" && grade === true && solution !== true ? [String(grade_id)] : [];
    });
    assert.ok(tests.length > 0);
    const losses = tests.map((id) => [id, (cells[id]?.[1] ?? NaN) - (cells[id]?.[0] ?? NaN)] as const);
    return Object.fromEntries(losses.filter(([, points]) => points !== 0));
  }

  it("has at least thirty submissions", () => assert.ok(works.length >= 30, `${works.length}`));

  for (const { name } of sets) {
    describe(name, () => {
      const of = (student: string): Generated => {
        const found = works.find((work) => work.student === student && work.set === name);
        assert.ok(found);
        return found;
      };
      for (const student of ["reference", "alternative"]) {
        it(`gives full marks to the ${student}, but for what is graded by hand`, () => {
          assert.deepEqual(lost(of(student)), {});
          assert.deepEqual(recordOf(student, name).notes, []);
          assert.ok(marksOf(student, name).awaiting.length >= 1);
        });
      }
      it("gives nothing to the untouched release", () => {
        assert.equal(marksOf("untouched", name).score, 0);
        assert.deepEqual(marksOf("untouched", name).awaiting, []);
      });
      for (const student of ["mistakes", "other-mistakes"]) {
        it(`takes from planted mistakes (${student}) exactly their own points`, () => {
          assert.deepEqual(lost(of(student)), of(student).loses);
        });
      }
    });
  }

  describe("a submission that", () => {
    it("does what none should loses its own points, and no other's grading stops", () => {
      for (const work of works.filter(({ set }) => set === tiny.name)) {
        assert.equal(recordOf(work.student, tiny.name).error, null, work.what);
        assert.deepEqual(lost(work), work.loses, work.what);
      }
    });

    it("was tampered with is told of", () => {
      for (const { student, notes } of hostile) {
        const told = recordOf(student, tiny.name).notes.join(" ");
        for (const note of notes) assert.match(told, note);
      }
    });

    it("looks for others' works, solutions, the gradebook and the network finds nothing and writes nothing", () => {
      const shown = JSON.stringify(executed("curious", tiny.name).cells);
      assert.match(shown, /found \[\]/);
      assert.equal(connections, 0);
    });

    it("is no notebook is recorded, with the reason", () => {
      for (const [student, reason] of broken) assert.match(recordOf(student, tiny.name).error ?? "", reason, student);
    });
  });

  it("grades nothing twice, and again what has changed", () => {
    const all = result.graded.map(({ student, set }) => ({ student, set }));
    assert.deepEqual(ungraded(course, all), []);
    const changed = { student: "untouched", set: sets[0]?.name ?? "" };
    const file = join(course.folder, "submitted", changed.student, changed.set, `${changed.set}.ipynb`);
    writeFileSync(file, readFileSync(file, "utf8").replace("Not written yet.", "Still not written."));
    assert.deepEqual(ungraded(course, all), [changed]);
  });

  describe("its report", () => {
    let status: number;
    let said = "";
    before(async function () {
      this.timeout(10 * 60_000);
      const write = process.stdout.write.bind(process.stdout);
      process.stdout.write = (text: string) => ((said += text), true);
      try {
        status = await reportCommand(place, readOptions(["report"]), course.folder);
      } finally {
        process.stdout.write = write;
      }
    });
    const table = (name: string): string[] => readFileSync(join(course.folder, name), "utf8").split("\r\n");

    it("has a line for each student and set, with what is still to be done", () => {
      assert.equal(status, 0, said);
      const lines = table("marks.csv");
      assert.equal(lines[0], "id,last_name,first_name,email,set,score,maximum,late_penalty,mark,submitted,status");
      assert.equal(lines.filter((text) => text.startsWith("absent,")).length, sets.length + 1);
      assert.ok(
        lines.some((text) => /^reference,.*,16,20,.*to be graded by hand/.test(text) || /to be graded/.test(text)),
      );
      assert.ok(lines.some((text) => text.startsWith("garbage,") && text.includes("not graded: ")));
      assert.ok(lines.some((text) => text.startsWith("absent,") && text.endsWith(",not handed in")));
      assert.match(said, /00-tiny {2}\d+ of \d+ handed in/);
    });

    it("takes ten per cent for each of two days begun", () => {
      const row = table("marks.csv")
        .find((text) => text.startsWith("noisy,") && text.includes(tiny.name))
        ?.split(",");
      assert.deepEqual(row?.slice(5, 9), ["16", "20", "3.2", "12.8"]);
    });

    it("sums up each student's sets in one line", () => {
      const lines = table("gradebook.csv");
      assert.equal(
        lines[0],
        `id,last_name,first_name,email,${[tiny.name, ...sets.map(({ name }) => name)].join(",")},total`,
      );
    });

    it("writes a page for each graded work, without hidden tests, scripts or anything of the network", () => {
      for (const { student, set } of works) {
        const file = join(course.folder, "feedback", student, set, `${set}.html`);
        assert.ok(existsSync(file), file);
        const html = readFileSync(file, "utf8");
        // Not assert.doesNotMatch, which would print the page.
        for (const found of [
          /<script/,
          /\sonerror=/,
          /href="javascript:/,
          /(src|href)="(https?:)?\/\//,
          /BEGIN HIDDEN TESTS/,
        ])
          assert.ok(!found.test(html), `${file} has ${String(found)}`);
      }
    });
  });
}
