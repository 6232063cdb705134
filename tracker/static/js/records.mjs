// The forms that record something: fetched only where there is one.
import { enhanceDrafts } from "./drafts.mjs";
import { enhanceRows } from "./rows.mjs";
import { enhanceSaid } from "./said.mjs";
import { enhanceTextareas } from "./textareas.mjs";
import { enhanceLinks } from "./typeahead.mjs";

export function enhanceRecords() {
  enhanceRows();
  enhanceLinks();
  enhanceTextareas();
  enhanceDrafts();
  enhanceSaid();
}
