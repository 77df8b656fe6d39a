package io.zhitong.backend.persons;

import io.zhitong.backend.people.Datum;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.PersonalField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What is wrong with one line by itself and against what is here (导入行检查).
 *
 * @param units by name
 * @param owners of identity numbers
 * @param names of persons
 * @param known who came with that id before
 */
record ImportCheck(
        ImportRow row,
        Map<String, UUID> units,
        Map<Datum, PersonId> owners,
        Function<PersonId, String> names,
        Optional<PersonId> known) {
    private static final int LONGEST_ID = 80;
    private static final int LONGEST_NAME = 40;
    private static final Pattern INITIALS = Pattern.compile("[a-z]{0,20}");

    /** All that is wrong, so that a file is put right at once. */
    List<ImportWord> wrong() {
        List<ImportWord> wrong = new ArrayList<>();
        unless(shown(row.cell(ImportColumn.ID), LONGEST_ID), ImportWord.ID_MISSING, wrong);
        unless(units.containsKey(row.cell(ImportColumn.UNIT)), ImportWord.UNIT_UNKNOWN, wrong);
        unless(shown(row.cell(ImportColumn.NAME), LONGEST_NAME), ImportWord.NAME, wrong);
        unless(INITIALS.matcher(row.initials()).matches(), ImportWord.INITIALS, wrong);
        unless(row.role().isPresent(), ImportWord.ROLE, wrong);
        unless(blankOr(PersonalField.PHONE, ImportColumn.PHONE), ImportWord.PHONE, wrong);
        unless(blankOr(PersonalField.IDENTITY, ImportColumn.IDENTITY), ImportWord.IDENTITY, wrong);
        unless(ownNumber(), ImportWord.IDENTITY_TAKEN, wrong);
        return wrong;
    }

    private static void unless(boolean good, ImportWord word, List<ImportWord> wrong) {
        if (!good) {
            wrong.add(word);
        }
    }

    private static boolean shown(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest && text.chars().noneMatch(Character::isISOControl);
    }

    private boolean blankOr(PersonalField field, ImportColumn column) {
        return row.cell(column).isEmpty() || field.normalised(row.cell(column)).isPresent();
    }

    /** Whose identity number is here already is that person: the one of that id, or, for a new id, one of that name. */
    private boolean ownNumber() {
        Optional<PersonId> owner = PersonalField.IDENTITY
                .normalised(row.cell(ImportColumn.IDENTITY))
                .flatMap(value -> Optional.ofNullable(owners.get(new Datum(PersonalField.IDENTITY, value))));
        return owner.isEmpty()
                || known.map(owner.get()::equals)
                        .orElseGet(() -> names.apply(owner.get()).equals(row.cell(ImportColumn.NAME)));
    }
}
