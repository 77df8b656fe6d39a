package io.zhitong.backend.persons;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.UnitRow;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.people.Datum;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.PersonalData;
import io.zhitong.backend.people.PersonalField;
import io.zhitong.backend.people.ResidenceRole;
import io.zhitong.backend.persons.ImportReport.Line;
import io.zhitong.backend.persons.ImportReport.Outcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** One import in its transaction. Not thread-safe. */
final class ImportRun {
    private final ImportParts parts;
    private final CommunityId community;
    private final ConsoleUser user;
    private final String source;
    private final boolean trial;
    private final LocalDate today;
    private final Map<String, ExternalIds.Known> known;
    private final Map<String, UUID> units;
    private final Map<Datum, PersonId> owners = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<PersonId, Map<PersonalField, Datum>> data = new HashMap<>();
    private final List<Done> done = new ArrayList<>();

    /** A line that was done, before it is known which of its numbers are new. */
    private record Done(ImportRow row, Optional<PersonId> person, Outcome outcome, List<ImportWord> words) {}

    ImportRun(ImportParts parts, ConsoleUser user, String source, boolean trial) {
        this.parts = parts;
        this.user = user;
        this.community = user.community();
        this.source = source;
        this.trial = trial;
        this.today = parts.today(community);
        this.known = parts.external().of(community, source);
        this.units = parts.estate().units(community).stream().collect(Collectors.toMap(UnitRow::name, UnitRow::id));
    }

    ImportReport of(List<ImportRow> rows) {
        owners.putAll(parts.data()
                .owners(
                        community,
                        rows.stream()
                                .flatMap(row -> datum(row, PersonalField.IDENTITY).stream())
                                .distinct()
                                .toList()));
        rows.forEach(row -> done.add(done(row)));
        Set<PersonalData.Entry> changed = new HashSet<>(parts.data().put(community, entries()));
        List<Line> lines = done.stream().map(each -> line(each, changed)).toList();
        long absent = known.keySet().stream().filter(id -> !seen.contains(id)).count();
        return new ImportReport(trial, lines, (int) absent);
    }

    private Done done(ImportRow row) {
        Optional<ExternalIds.Known> before = Optional.ofNullable(known.get(row.cell(ImportColumn.ID)));
        List<ImportWord> wrong =
                new ImportCheck(row, units, owners, this::name, before.map(ExternalIds.Known::person)).wrong();
        if (!row.cell(ImportColumn.ID).isEmpty() && !seen.add(row.cell(ImportColumn.ID))) {
            wrong.add(ImportWord.ID_TWICE);
        }
        if (!wrong.isEmpty()) {
            return new Done(row, Optional.empty(), Outcome.REFUSED, wrong);
        }
        return before.map(each -> again(row, each)).orElseGet(() -> first(row));
    }

    private String name(PersonId person) {
        return parts.people().name(community, person).orElse("");
    }

    private static Optional<Datum> datum(ImportRow row, PersonalField field) {
        return field.normalised(row.cell(ImportColumn.valueOf(field.name()))).map(value -> new Datum(field, value));
    }

    /** Nobody is known by that id: somebody new, or somebody who is here by the same identity number. */
    private Done first(ImportRow row) {
        Optional<PersonId> here = datum(row, PersonalField.IDENTITY).map(owners::get);
        PersonId person =
                here.orElseGet(() -> parts.people().addPerson(community, row.cell(ImportColumn.NAME), row.initials()));
        UUID residence = lives(person, row);
        parts.external().add(community, name(row), person, residence);
        noted("resident.add", person, row.cell(ImportColumn.UNIT) + " " + role(row) + " " + source);
        keep(row, person);
        return new Done(
                row, Optional.of(person), Outcome.ADDED, here.isPresent() ? List.of(ImportWord.JOINED) : List.of());
    }

    private Done again(ImportRow row, ExternalIds.Known before) {
        PersonId person = before.person();
        if (before.ended()) {
            return new Done(row, Optional.empty(), Outcome.LEFT, List.of(ImportWord.MOVED_OUT));
        }
        List<ImportWord> words = new ArrayList<>();
        String initials = row.initials().isEmpty() ? before.initials() : row.initials();
        if (!before.name().equals(row.cell(ImportColumn.NAME))
                || !before.initials().equals(initials)) {
            parts.people().rename(community, person, row.cell(ImportColumn.NAME), initials);
            words.add(ImportWord.NEW_NAME);
        }
        if (!before.unit().equals(units.get(row.cell(ImportColumn.UNIT))) || before.role() != role(row)) {
            parts.people().endResidence(community, person, before.unit(), today);
            parts.external().moved(community, name(row), lives(person, row));
            words.add(ImportWord.NEW_HOME);
        }
        if (!words.isEmpty()) {
            noted("person.change", person, words + " " + source);
        }
        keep(row, person);
        return new Done(row, Optional.of(person), Outcome.SAME, words);
    }

    private UUID lives(PersonId person, ImportRow row) {
        UUID unit = Objects.requireNonNull(units.get(row.cell(ImportColumn.UNIT)), "a home that was checked");
        Optional<UUID> there = parts.people().openResidence(community, person, unit, role(row));
        if (there.isPresent()) {
            return there.get();
        }
        parts.people().endResidence(community, person, unit, today);
        UUID household = parts.people()
                .household(community, unit)
                .orElseGet(() -> parts.people().addHousehold(community, unit));
        return parts.people().addResidence(community, person, household, role(row), today);
    }

    private ExternalIds.Name name(ImportRow row) {
        return new ExternalIds.Name(source, row.cell(ImportColumn.ID));
    }

    private static ResidenceRole role(ImportRow row) {
        return row.role().orElseThrow();
    }

    /** Numbers that a line does not have stay as they are. */
    private void keep(ImportRow row, PersonId person) {
        for (PersonalField field : PersonalField.values()) {
            datum(row, field).ifPresent(datum -> {
                data.computeIfAbsent(person, any -> new HashMap<>()).put(field, datum);
                if (field == PersonalField.IDENTITY) {
                    owners.put(datum, person);
                }
            });
        }
    }

    private List<PersonalData.Entry> entries() {
        return data.entrySet().stream()
                .flatMap(each ->
                        each.getValue().values().stream().map(datum -> new PersonalData.Entry(each.getKey(), datum)))
                .toList();
    }

    private Line line(Done each, Set<PersonalData.Entry> changed) {
        List<ImportWord> words = new ArrayList<>(each.words());
        for (PersonalField field : PersonalField.values()) {
            boolean fresh = each.outcome() == Outcome.SAME
                    && each.person()
                            .flatMap(person -> datum(each.row(), field)
                                    .map(datum -> changed.contains(new PersonalData.Entry(person, datum))))
                            .orElse(false);
            if (fresh) {
                words.add(ImportWord.valueOf("NEW_" + field.name()));
            }
        }
        Outcome outcome = each.outcome() == Outcome.SAME && !words.isEmpty() ? Outcome.CHANGED : each.outcome();
        return new Line(
                each.row().line(),
                each.row().cell(ImportColumn.ID),
                each.row().cell(ImportColumn.NAME),
                outcome,
                words);
    }

    private void noted(String action, PersonId person, String after) {
        parts.audit().record(community, user.actor(), action, "person " + person.value(), "", after);
    }
}
