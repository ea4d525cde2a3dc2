import * as ts from "typescript";
import { type CellJson, joined, type NotebookJson } from "../refresh/notebook-json";

/** A statement of a cell outside of every block. */
interface Statement {
  readonly text: string;
  readonly declares: ReadonlySet<string>;
  readonly mentions: ReadonlySet<string>;
  /** Whether it does more than to declare and to show. */
  readonly acts: boolean;
}

/** What cells call for their reader alone. */
const forReaders: ReadonlySet<string> = new Set(["show", "table"]);

const nothingLeft = "// No claim depends on what this cell does.";

/**
 * A copy of a notebook without the statements on which no claim depends: figures, tables, and declarations whose names no
 * statement mentions that stays. Every other statement stays, and so does what declares a name that it mentions, wherever
 * in the notebook. A declaration is taken to do nothing but to declare. Cells keep their places.
 */
export function sliceForClaims(notebook: NotebookJson): NotebookJson {
  const cells = notebook.cells.map((cell) => (cell.cell_type === "code" ? statementsOf(joined(cell.source)) : []));
  const stays = whatStays(cells.flat());
  return {
    ...notebook,
    cells: notebook.cells.map((cell, place): CellJson => {
      const left = cells[place].filter((statement) => stays.has(statement));
      if (left.length === cells[place].length) return cell;
      return { ...cell, source: left.length === 0 ? nothingLeft : left.map(({ text }) => text).join("\n") };
    }),
  };
}

function whatStays(statements: readonly Statement[]): Set<Statement> {
  const waiting = statements.filter(({ acts }) => acts);
  const stays = new Set(waiting);
  for (let statement = waiting.pop(); statement !== undefined; statement = waiting.pop()) {
    const { mentions } = statement;
    for (const other of statements) {
      if (stays.has(other) || ![...other.declares].some((name) => mentions.has(name))) continue;
      stays.add(other);
      waiting.push(other);
    }
  }
  return stays;
}

function statementsOf(source: string): Statement[] {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest, true);
  return file.statements.map((statement) => ({
    text: statement.getText(file),
    declares: new Set(declaredNames(statement)),
    mentions: mentionedNames(statement),
    acts: !isDeclaration(statement) && !isForReaders(statement),
  }));
}

function mentionedNames(statement: ts.Statement): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isMember(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return names;
}

/** Whether an identifier only names a member, as in `rows.length` or `{ length: 2 }`. */
function isMember(node: ts.Identifier): boolean {
  const { parent } = node;
  const named =
    ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent);
  return named && parent.name === node;
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  }
  if (ts.isImportDeclaration(statement)) return importedNames(statement.importClause);
  return isNamedDeclaration(statement) && statement.name !== undefined ? [statement.name.text] : [];
}

function importedNames(clause: ts.ImportClause | undefined): string[] {
  const own = clause?.name === undefined ? [] : [clause.name.text];
  const bindings = clause?.namedBindings;
  if (bindings === undefined) return own;
  if (ts.isNamespaceImport(bindings)) return [...own, bindings.name.text];
  return [...own, ...bindings.elements.map(({ name }) => name.text)];
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

function isDeclaration(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement)) return statement.importClause !== undefined;
  return ts.isVariableStatement(statement) || isNamedDeclaration(statement);
}

function isNamedDeclaration(
  statement: ts.Statement,
): statement is
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.EnumDeclaration {
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement)
  );
}

function isForReaders(statement: ts.Statement): boolean {
  if (!ts.isExpressionStatement(statement)) return false;
  const { expression } = statement;
  const call = ts.isAwaitExpression(expression) ? expression.expression : expression;
  return ts.isCallExpression(call) && ts.isIdentifier(call.expression) && forReaders.has(call.expression.text);
}
