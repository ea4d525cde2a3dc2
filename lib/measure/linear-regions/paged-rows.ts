/** Rows of equally many numbers, which grow page by page: nothing is copied, and little room is left unused. */
export interface PagedRows {
  readonly width: number;
  count: number;
  /** A page has 2^`shift` rows, row after row. */
  readonly shift: number;
  readonly pages: Float64Array[];
}

/** Numbers of a page. */
const pageLength = 2 ** 17;

/** The exponent of the number of rows on a page, if rows have at most this width. */
export function pageShift(width: number): number {
  return Math.max(4, Math.floor(Math.log2(pageLength / width)));
}

/** `count` rows of zeros. */
export function pagedRows(count: number, width: number, shift: number = pageShift(width)): PagedRows {
  const rows: PagedRows = { width, count: 0, shift, pages: [] };
  while (rows.count < count) addPagedRow(rows);
  return rows;
}

/** Makes room for one more row, of zeros, and returns its index. */
export function addPagedRow(rows: PagedRows): number {
  const row = rows.count++;
  // The first page grows, so that a few rows do not take a whole one.
  const page = row >> rows.shift;
  const needed = ((row & ((1 << rows.shift) - 1)) + 1) * rows.width;
  const present = rows.pages[page] as Float64Array | undefined;
  if (present === undefined || present.length < needed) {
    const whole = rows.width << rows.shift;
    const grown = new Float64Array(page > 0 ? whole : Math.min(whole, Math.max(16 * rows.width, 2 * needed)));
    if (present !== undefined) grown.set(present);
    rows.pages[page] = grown;
  }
  return row;
}

/** The page that a row is on. */
export function pageOf(rows: PagedRows, row: number): Float64Array {
  return rows.pages[row >> rows.shift];
}

/** Where on its page a row starts. */
export function startOf(rows: PagedRows, row: number): number {
  return (row & ((1 << rows.shift) - 1)) * rows.width;
}

/** How many rows a page has. */
export function rowsOnPage(rows: PagedRows, page: number): number {
  return Math.min(1 << rows.shift, rows.count - (page << rows.shift));
}

/** All rows in one array, `[count, width]`. */
export function allRows(rows: PagedRows): Float64Array {
  const values = new Float64Array(rows.count * rows.width);
  rows.pages.forEach((page, number) => {
    const first = (number << rows.shift) * rows.width;
    values.set(page.subarray(0, rowsOnPage(rows, number) * rows.width), first);
  });
  return values;
}
