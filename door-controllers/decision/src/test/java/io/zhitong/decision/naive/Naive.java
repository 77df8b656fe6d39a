package io.zhitong.decision.naive;

import io.zhitong.decision.naive.Estate.Area;
import io.zhitong.decision.naive.Estate.Entry;
import io.zhitong.decision.naive.Estate.Person;
import io.zhitong.decision.naive.Estate.Point;
import io.zhitong.decision.naive.Estate.Right;
import io.zhitong.decision.naive.Estate.Window;
import java.time.LocalDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of test-vectors/decision/README.md as one long question-and-answer over bare rows, one method for each rule in
 * its order. A rule that refuses sets the reason, one that grants at once sets {@code done}.
 */
public final class Naive {

    private static final Set<String> ONE_FACTOR = Set.of("PIN", "FACE", "FINGERPRINT", "PLATE");
    private static final List<String> LEVELS =
            List.of("NONE", "COPIED_NUMBER", "SHARED_SECRET", "OWN_KEY", "SEALED_CARD");

    private final Estate estate;
    private final Ask ask;
    private final Ask.Shown shown;
    private final Ask.Site site;
    private final Optional<Point> point;
    private final boolean clock;
    private final long second;

    private String reason = "";
    private boolean done;
    private boolean recorded;
    private boolean skipSite;
    private String as = "";
    private long right;
    private final BitSet front = new BitSet();
    private final BitSet rear = new BitSet();
    private Optional<Person> person;
    private boolean temporary;
    private String mode = "NORMAL";

    private Naive(Estate estate, Ask ask) {
        this.estate = estate;
        this.ask = ask;
        this.shown = ask.shown();
        this.site = ask.site();
        this.point = Optional.ofNullable(estate.points().get(ask.point()));
        this.clock = !ask.clock().equals("UNKNOWN");
        this.second = Math.floorDiv(ask.now().toEpochMilli(), 1000);
        this.person = find();
    }

    public static Answer answer(Estate estate, Ask ask) {
        return new Naive(estate, ask).answer();
    }

    private record Step(String name, Runnable rule) {}

    private Answer answer() {
        List<Step> steps = List.of(
                new Step("FIRE", this::fire),
                new Step("GENUINE", this::genuine),
                new Step("POINT_MODE", this::pointMode),
                new Step("LIST", this::list),
                new Step("KNOWN", this::known),
                new Step("STATUS", this::status),
                new Step("VALIDITY", this::validity),
                new Step("CERTIFICATE", this::certificate),
                new Step("METHOD", this::method),
                new Step("LEVEL", this::level),
                new Step("USES", this::uses),
                new Step("RIGHT", this::right),
                new Step("FLOOR", this::floor),
                new Step("THREAT", this::threat),
                new Step("TEMPERATURE", this::temperature),
                new Step("SECOND_FACTOR", this::secondFactor),
                new Step("FIRST_CARD", this::firstCard),
                new Step("COMPANION", this::companion),
                new Step("ANTI_PASSBACK", this::antiPassback),
                new Step("OCCUPANCY", this::occupancy),
                new Step("INTERLOCK", this::interlock));
        String passed = "";
        for (Step step : steps) {
            step.rule().run();
            if (!reason.isEmpty()) {
                return Answer.deny(reason, alarm(), passed);
            }
            passed = step.name();
            if (done) {
                break;
            }
        }
        return grant(passed);
    }

    private Answer grant(String passed) {
        long pulse = point.map(Point::pulse).filter(millis -> millis > 0).orElse(3_000L);
        long longer = point.map(Point::longPulse).orElse(0L);
        boolean known = passed.equals("INTERLOCK");
        return new Answer(
                "",
                false,
                known && trait("LONGER") && longer > 0 ? longer : pulse,
                known ? right : 0,
                known ? front : new BitSet(),
                known ? rear : new BitSet(),
                point.map(Point::lane).orElse(false),
                shown.duress(),
                recorded,
                as,
                passed);
    }

    private boolean alarm() {
        boolean wrongTry = Set.of("NOT_GENUINE", "PIN_WRONG", "FACE_WRONG", "FINGERPRINT_WRONG")
                .contains(reason);
        return wrongTry && site.wrongTries() == 4 || reason.equals("PLATE_MISMATCH") || shown.duress();
    }

    private Point at() {
        return point.orElseThrow();
    }

    private boolean trait(String trait) {
        return person.filter(p -> p.traits().contains(trait)).isPresent();
    }

    // ---- what was presented -------------------------------------------------------------------------------------

    private Optional<Person> find() {
        if (!shown.credential().isEmpty()) {
            return byNumber(shown.credential());
        }
        return shown.carrierKind().isEmpty()
                ? byCarrier("PLATE", shown.plate())
                : byCarrier(shown.carrierKind(), shown.carrierValue());
    }

    private Optional<Person> byNumber(String number) {
        return estate.credentials().stream()
                .filter(p -> p.number().equals(number))
                .findFirst();
    }

    private Optional<Person> byCarrier(String kind, String value) {
        return estate.credentials().stream()
                .filter(p -> p.carriers().stream()
                        .anyMatch(c -> c.kind().equals(kind) && c.value().equals(value)))
                .findFirst();
    }

    private boolean byPlate() {
        return shown.credential().isEmpty() && shown.carrierKind().isEmpty();
    }

    private String levelShown() {
        if (!shown.credential().isEmpty()) {
            return shown.level();
        }
        String kind = byPlate() ? "PLATE" : shown.carrierKind();
        String value = byPlate() ? shown.plate() : shown.carrierValue();
        return person.stream()
                .flatMap(p -> p.carriers().stream())
                .filter(c -> c.kind().equals(kind) && c.value().equals(value))
                .map(Estate.Carrier::level)
                .findFirst()
                .orElse("COPIED_NUMBER");
    }

    // ---- 1 … 5 --------------------------------------------------------------------------------------------------

    private void fire() {
        if (point.isPresent() && at().fireZone() != 0 && site.fire().contains(at().fireZone())) {
            if (at().kind().equals("LIFT")) {
                reason = "FIRE_RECALL";
            } else if (at().escape()) {
                done = true;
            }
        }
    }

    private void genuine() {
        if (shown.notGenuine()) {
            reason = "NOT_GENUINE";
        } else if (!shown.unread().isEmpty()) {
            reason = shown.unread();
        }
    }

    private void pointMode() {
        mode = modeNow();
        if (mode.equals("UNLOCKED")) {
            done = true;
        } else if (mode.equals("LOCKED") && !trait("GUARD")) {
            reason = "LOCKED_DOWN";
        }
    }

    private String modeNow() {
        if (!site.mode().isEmpty()) {
            return site.mode();
        }
        if (point.isEmpty()) {
            return "NORMAL";
        }
        Point p = at();
        if (!clock && p.otherSchedule() != 0 && !p.otherMode().equals(p.mode())) {
            reason = "CLOCK_UNKNOWN";
            return "NORMAL";
        }
        String standing = p.otherSchedule() != 0 && holds(p.otherSchedule()) ? p.otherMode() : p.mode();
        boolean open = p.unlockSchedule() != 0 && holds(p.unlockSchedule());
        boolean waits = standing.equals("LOCKED") || standing.equals("FIRST_CARD") && !site.first();
        return open && !waits ? "UNLOCKED" : standing;
    }

    /** Schedule 0 holds always; the others by the wall clock, when it is known. */
    private boolean holds(int schedule) {
        if (schedule == 0) {
            return true;
        }
        LocalDateTime wall = LocalDateTime.ofInstant(ask.now(), estate.zone());
        int day = estate.holidays().contains(wall.toLocalDate())
                ? 8
                : wall.getDayOfWeek().getValue();
        int minute = wall.getHour() * 60 + wall.getMinute();
        for (Window window : estate.schedules().getOrDefault(schedule, List.of())) {
            if (clock && window.days().contains(day) && minute >= window.from() && minute < window.to()) {
                return true;
            }
        }
        return false;
    }

    private void list() {
        if (!estate.listed() || point.isEmpty()) {
            reason = "LIST_MISSING";
            return;
        }
        String trouble = "";
        if (estate.leaseUntil() != Estate.EVER && !clock) {
            trouble = "CLOCK_UNKNOWN";
        } else if (second >= estate.leaseUntil() || at().lease() != 0 && site.silence() >= at().lease()) {
            trouble = "LEASE_ENDED";
        }
        if (!trouble.isEmpty() && !(at().offline().equals("STAFF_ONLY") && trait("GUARD"))) {
            fallback(trouble);
        }
    }

    private void fallback(String trouble) {
        switch (at().offline()) {
            case "FREE", "FLAT_FARE" -> {
                as = at().offline();
                done = true;
            }
            case "ASK_GUARD" -> reason = "ASK_GUARD";
            default -> reason = trouble;
        }
    }

    private void known() {
        if (person.isPresent()) {
            return;
        }
        if (at().lane() && byPlate() && temporaryCar()) {
            temporary = true;
        } else if (site.silence() > 0) {
            fallback("UNKNOWN_CREDENTIAL");
        } else {
            reason = "UNKNOWN_CREDENTIAL";
        }
    }

    private boolean temporaryCar() {
        if (at().to() != 0) {
            return takesTemporary();
        }
        return entries(at().from()).stream().anyMatch(e -> e.plate().equals(shown.plate()));
    }

    private boolean takesTemporary() {
        return estate.spaces().stream()
                .anyMatch(s -> s.holder() == 0 && s.kind().equals("TEMPORARY") && s.lot() == at().to());
    }

    private List<Entry> entries(int lot) {
        return estate.entries().stream().filter(e -> e.lot() == lot).toList();
    }

    // ---- 6 … 13 -------------------------------------------------------------------------------------------------

    private void status() {
        Optional<Person> car = at().lane() ? byCarrier("PLATE", shown.plate()) : Optional.empty();
        for (Optional<Person> one : List.of(person, car)) {
            if (reason.isEmpty() && one.isPresent() && !one.get().status().equals("ACTIVE")) {
                reason = one.get().status();
            }
        }
    }

    private void validity() {
        if (temporary) {
            return;
        }
        Person p = person.orElseThrow();
        if (!clock) {
            reason = p.from() == 0 && p.until() == Estate.EVER ? "" : "CLOCK_UNKNOWN";
        } else if (second >= p.until()) {
            reason = "EXPIRED";
        } else if (second < p.from()) {
            reason = "NOT_YET_VALID";
        }
    }

    private void certificate() {
        int certificate = shown.credential().isEmpty() ? Ask.NONE : shown.certificate();
        if (person.isPresent()
                && certificate != Ask.NONE
                && certificate < person.get().leastCertificate()) {
            reason = "CERTIFICATE_REPLACED";
        }
    }

    private void method() {
        if (!at().methods().contains(shown.method())) {
            reason = "METHOD_NOT_ALLOWED";
        }
    }

    private void level() {
        if (LEVELS.indexOf(levelShown()) < LEVELS.indexOf(at().leastLevel())) {
            reason = "LEVEL_TOO_LOW";
        }
    }

    private void uses() {
        if (!temporary && !at().beginsInside()) {
            int uses = person.orElseThrow().uses();
            reason = uses != Estate.UNLIMITED && uses <= ask.passes() ? "USES_EXHAUSTED" : "";
        }
    }

    private void right() {
        if (temporary) {
            return;
        }
        String answer = "NO_RIGHT_HERE";
        for (int group : person.orElseThrow().groups()) {
            for (Right one : estate.groups().getOrDefault(group, List.of())) {
                if (one.point() == ask.point() && holds(one.schedule())) {
                    right = answer.isEmpty() ? right : one.rule();
                    answer = "";
                    floors(one.floors());
                } else if (one.point() == ask.point() && !answer.isEmpty()) {
                    answer = clock ? "OUTSIDE_SCHEDULE" : "CLOCK_UNKNOWN";
                }
            }
        }
        reason = answer;
    }

    private void floors(int id) {
        if (at().kind().equals("LIFT") && estate.floors().containsKey(id)) {
            front.or(estate.floors().get(id).front());
            rear.or(estate.floors().get(id).rear());
        }
    }

    private void floor() {
        if (!at().kind().equals("LIFT") || shown.floor() == Ask.NONE) {
            return;
        }
        BitSet side = shown.side().equals("FRONT") ? front : rear;
        boolean allowed = side.get(shown.floor());
        front.clear();
        rear.clear();
        side.set(shown.floor());
        reason = allowed ? "" : "FLOOR_NOT_ALLOWED";
    }

    // ---- 14 … 18 ------------------------------------------------------------------------------------------------

    private void threat() {
        if (at().mostThreat() != 255 && site.threat() > at().mostThreat() && !trait("GUARD")) {
            reason = "THREAT_LEVEL";
        }
    }

    private void temperature() {
        if (shown.tenths() >= 373) {
            reason = "TEMPERATURE";
        }
    }

    private void secondFactor() {
        if (!mode.startsWith("CARD_")) {
            return;
        }
        String factor = mode.substring("CARD_".length());
        if (ONE_FACTOR.contains(shown.method())) {
            reason = "CARD_MISSING";
        } else if (factor.equals("PLATE")) {
            plateToo();
        } else if (!shown.second().containsKey(factor)) {
            reason = factor + "_MISSING";
        } else if (shown.second().get(factor).equals("WRONG")) {
            reason = factor + "_WRONG";
        }
    }

    private void plateToo() {
        String who = person.map(Person::who).orElse("");
        if (shown.plate().isEmpty()) {
            reason = "PLATE_MISSING";
        } else if (at().to() != 0
                && byCarrier("PLATE", shown.plate())
                        .filter(car -> car.who().equals(who))
                        .isEmpty()) {
            reason = "PLATE_MISMATCH";
        }
    }

    private void firstCard() {
        if (mode.equals("FIRST_CARD") && !site.first() && !trait("FIRST_PERSON")) {
            reason = "FIRST_CARD_MISSING";
        }
    }

    private void companion() {
        Optional<Person> other = byNumber(shown.companion())
                .filter(o -> person.isEmpty() || !o.who().equals(person.get().who()));
        if (mode.equals("TWO_PERSON") && other.isEmpty()) {
            reason = "SECOND_PERSON_MISSING";
        } else if (mode.equals("ESCORT")
                && trait("ESCORTED")
                && other.filter(o -> o.traits().contains("ESCORTS")).isEmpty()) {
            reason = "ESCORT_MISSING";
        }
    }

    // ---- 19 … 21 ------------------------------------------------------------------------------------------------

    private Area area() {
        int id = at().to() != 0 ? at().to() : at().from();
        return estate.areas().getOrDefault(id, new Area("NONE", 0, 0, "DECIDE", 0));
    }

    private void antiPassback() {
        boolean free = trait("EXEMPT") || shown.method().equals("REMOTE");
        boolean asked = !area().antiPassback().equals("NONE") || area().capacity() > 0;
        if (!free
                && asked
                && site.age() > area().staleness()
                && !area().partition().equals("DECIDE")) {
            skipSite = true;
            recorded = area().partition().equals("GRANT");
            reason = recorded ? "" : "STATE_STALE";
        }
        if (at().lane() && reason.isEmpty()) {
            cars(free || skipSite);
        } else if (!skipSite && !free && site.holderArea() != Ask.NONE && site.holderArea() != at().from()) {
            violation(site.since());
        }
    }

    private void violation(long since) {
        switch (area().antiPassback()) {
            case "HARD" -> reason = "ANTI_PASSBACK";
            case "SOFT" -> recorded = true;
            case "TIMED" -> {
                if (!clock) {
                    reason = "CLOCK_UNKNOWN";
                } else if (second < since + area().minutes() * 60L) {
                    reason = "ANTI_PASSBACK";
                }
            }
            default -> {}
        }
    }

    private String number() {
        return person.map(Person::number).orElse("");
    }

    private boolean sameCard(Entry entry) {
        return entry.credential().equals(number());
    }

    private boolean samePlate(Entry entry) {
        return !entry.plate().isEmpty() && entry.plate().equals(shown.plate());
    }

    private boolean otherPlate(Entry entry) {
        return !entry.plate().isEmpty() && !shown.plate().isEmpty() && !samePlate(entry);
    }

    private void cars(boolean free) {
        if (at().from() != 0) {
            wayOut(free);
        }
        if (at().to() != 0 && reason.isEmpty()) {
            wayIn(free);
        }
    }

    private void wayOut(boolean free) {
        List<Entry> inside = entries(at().from());
        boolean stolen = inside.stream().anyMatch(e -> sameCard(e) && otherPlate(e));
        List<Entry> broughtByCard = inside.stream()
                .filter(e -> samePlate(e) && e.carrier().equals("CARD") && !sameCard(e))
                .toList();
        if (stolen) {
            reason = "PLATE_MISMATCH";
        } else if (!broughtByCard.isEmpty()) {
            reason = byPlate() ? "CARD_MISSING" : "PLATE_MISMATCH";
        } else if (!free && inside.stream().noneMatch(e -> sameCard(e) || samePlate(e))) {
            noEntry();
        }
    }

    private void noEntry() {
        if (at().to() == 0 && !area().antiPassback().equals("TIMED")) {
            violation(0);
        }
    }

    private void wayIn(boolean free) {
        List<Entry> inside = entries(at().to());
        if (!byPlate() && inside.stream().anyMatch(e -> sameCard(e) && otherPlate(e))) {
            reason = "CARD_IN_USE";
        } else if (!free) {
            inside.stream()
                    .filter(e -> sameCard(e) || samePlate(e))
                    .mapToLong(Entry::entered)
                    .max()
                    .ifPresent(this::violation);
        }
    }

    private void occupancy() {
        if (skipSite || trait("EXEMPT") || at().to() == 0) {
            return;
        }
        long capacity = area().capacity();
        boolean full = capacity > 0 && site.counts().getOrDefault(at().to(), 0L) >= capacity;
        if (at().lane()) {
            spaces(full);
        } else if (full) {
            reason = "OCCUPANCY_FULL";
        }
    }

    private void spaces(boolean full) {
        List<Estate.Space> own = person.stream()
                .filter(p -> p.holder() != 0)
                .flatMap(p -> estate.spaces().stream().filter(s -> s.holder() == p.holder() && s.lot() == at().to()))
                .toList();
        int places = own.stream().mapToInt(Estate.Space::spaces).sum();
        if (places > othersInside()) {
            as = own.get(0).kind();
        } else if (takesTemporary()) {
            as = "TEMPORARY";
            reason = full ? "LOT_FULL" : "";
        } else if (places > 0) {
            reason = "SPACES_TAKEN";
        } else if (full) {
            reason = "LOT_FULL";
        }
    }

    private long othersInside() {
        String who = person.map(Person::who).orElse("");
        return entries(at().to()).stream()
                .filter(e -> !sameCard(e) && !samePlate(e))
                .filter(e -> byNumber(e.credential())
                        .filter(p -> p.who().equals(who))
                        .isPresent())
                .count();
    }

    private void interlock() {
        boolean other = estate.points().entrySet().stream()
                .filter(e -> e.getKey() != ask.point() && site.open().contains(e.getKey()))
                .anyMatch(e -> e.getValue().interlock() == at().interlock());
        if (at().interlock() != 0 && other) {
            reason = "INTERLOCK";
        }
    }
}
