package io.zhitong.backend.wall;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AlarmEvent;
import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommandEvent;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.access.CredentialBook;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.people.People;
import io.zhitong.backend.web.Yuan;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.smcrypto.MalformedInput;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Puts device events into words (事件文字). */
@Component
public class EventWords {
    private static final int LAST_YEAR = 9999;
    private static final Set<EventKind> DECIDED = Set.of(EventKind.ACCESS_GRANTED, EventKind.ACCESS_DENIED);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Estate estate;
    private final People people;
    private final ObjectProvider<CredentialBook> books;

    EventWords(Estate estate, People people, ObjectProvider<CredentialBook> books) {
        this.estate = estate;
        this.people = people;
        this.books = books;
    }

    /** The lines of events of one community, in the language of the locale. */
    public List<WallLine> lines(CommunityId community, List<StoredEvent> events, Locale locale) {
        if (events.isEmpty()) {
            return List.of();
        }
        Names names = new Names(
                estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC),
                estate.everyPoint(community),
                estate.everyDevice(community),
                locale.getLanguage().equals("en"));
        return events.stream().map(event -> line(event, names)).toList();
    }

    private WallLine line(StoredEvent event, Names names) {
        JournalRecord record = event.record();
        ZonedDateTime when = event.happened().atZone(names.zone());
        Told told = told(record, when.toLocalDate(), names);
        return new WallLine(
                event.position(),
                TIME.format(when),
                when.toLocalDate().toString(),
                told.tone(),
                names.word(record.kind()),
                names.where(record),
                told.who(),
                told.detail(),
                WallGroup.of(record.kind()),
                1,
                DECIDED.contains(record.kind()));
    }

    /** A body that this version cannot read still has its kind, place and time: it is shown without detail. */
    private Told told(JournalRecord record, LocalDate day, Names names) {
        try {
            return switch (record.kind()) {
                case ACCESS_GRANTED, ACCESS_DENIED -> access(record, day, names);
                case PURCHASE, PURCHASE_IN_DOUBT -> purchase(record, day);
                case COMMAND_EXECUTED, COMMAND_REFUSED -> command(record, names);
                case DURESS, PLATE_MISMATCH, NOT_GENUINE_REPEATED, AGAINST_PASSBACK, PASSED_OFFLINE ->
                    raised(record, day, names);
                default -> plain(record.kind());
            };
        } catch (ModelException | MalformedInput e) {
            return plain(record.kind());
        }
    }

    private Told access(JournalRecord record, LocalDate day, Names names) {
        AccessEvent event = AccessEvent.decode(record.body().toByteArray());
        String who = event.credential()
                .map(number -> holder(record.community(), day, number))
                .orElse("");
        return event.outcome() == Outcome.GRANTED
                ? new Told(WallLine.Tone.GRANTED, who, names.word(event.method()))
                : new Told(WallLine.Tone.DENIED, who, names.word(event.reason()));
    }

    /** Whose decision raised it, and the reason of a denial. */
    private Told raised(JournalRecord record, LocalDate day, Names names) {
        AlarmEvent event = AlarmEvent.decode(record.body().toByteArray());
        String who = event.credential()
                .map(number -> holder(record.community(), day, number))
                .orElse("");
        return new Told(
                plain(record.kind()).tone(), who, event.reason() == DenyReason.NONE ? "" : names.word(event.reason()));
    }

    private String holder(CommunityId community, LocalDate day, CredentialNumber number) {
        return resident(community, day, number).orElseGet(number::toString);
    }

    private Optional<String> resident(CommunityId community, LocalDate day, CredentialNumber number) {
        return books.stream()
                .flatMap(book -> book.holder(community, number).stream())
                .findFirst()
                .flatMap(person -> people.residences(community, storable(day), person).stream()
                        .findFirst())
                .map(resident -> resident.name() + " " + resident.unitName());
    }

    /** The clock of a device may be out of all bounds; a date that no database takes must not end the wall. */
    private static LocalDate storable(LocalDate day) {
        if (day.getYear() > LAST_YEAR) {
            return LocalDate.of(LAST_YEAR, 12, 31);
        }
        return day.isBefore(LocalDate.EPOCH) ? LocalDate.EPOCH : day;
    }

    private Told purchase(JournalRecord record, LocalDate day) {
        PurchaseRecord purchase = PurchaseRecord.parse(record.body().toByteArray());
        byte[] serial = purchase.cardSerial();
        var number =
                CredentialNumber.of(Arrays.copyOfRange(serial, serial.length - CredentialNumber.LENGTH, serial.length));
        return new Told(
                WallLine.Tone.PAYMENT,
                resident(record.community(), day, number).orElse(""),
                Yuan.of(purchase.amount()));
    }

    private static Told command(JournalRecord record, Names names) {
        CommandEvent event = CommandEvent.decode(record.body().toByteArray());
        boolean done = record.kind() == EventKind.COMMAND_EXECUTED;
        return new Told(
                done ? WallLine.Tone.GRANTED : WallLine.Tone.DENIED,
                event.who(),
                done ? event.why() : names.word(event.refusal()));
    }

    private static Told plain(EventKind kind) {
        return new Told(kind.lane() == EventKind.Lane.ALARM ? WallLine.Tone.ALARM : WallLine.Tone.PLAIN, "", "");
    }

    private record Told(WallLine.Tone tone, String who, String detail) {}

    private record Names(ZoneId zone, List<PointRow> points, List<DeviceRow> devices, boolean english) {
        String word(Coded coded) {
            return english ? coded.english() : coded.chinese();
        }

        String where(JournalRecord record) {
            Optional<String> point = points.stream()
                    .filter(row -> row.device().equals(record.device())
                            && row.id().equals(record.point())
                            && !record.point().equals(PointId.DEVICE))
                    .map(PointRow::name)
                    .findFirst();
            return point.or(() -> devices.stream()
                            .filter(row -> row.id().equals(record.device()))
                            .map(DeviceRow::name)
                            .findFirst())
                    .orElse("#" + record.device().value());
        }
    }
}
