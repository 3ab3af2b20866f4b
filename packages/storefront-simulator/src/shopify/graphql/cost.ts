import { type DocumentNode, Kind, type SelectionSetNode, visit } from 'graphql';

/** The root fields of a document, in order; fragments at the root are not followed. */
export const operationsOf = (document: DocumentNode): readonly string[] =>
  document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? fieldNames(definition.selectionSet) : [],
  );

const fieldNames = ({ selections }: SelectionSetNode): string[] =>
  selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));

export const MUTATION_POINTS = 10;

/** Ten points for each mutation and one for each object below it; the numbers of template-node#1346 have this form. */
export const requestedCost = (document: DocumentNode): number => {
  let objects = 0;
  let depth = 0;
  visit(document, {
    Field: {
      enter: (field) => {
        depth += 1;
        const counts = depth > 1 && field.selectionSet !== undefined && field.name.value !== 'userErrors';
        if (counts) objects += 1;
      },
      leave: () => {
        depth -= 1;
      },
    },
  });
  return MUTATION_POINTS * operationsOf(document).length + objects;
};
