package io.zhitong.decision.naive;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A drawn case with one thing changed. */
final class Changed {

    private Changed() {}

    static Draw.Drawn trait(Draw.Drawn drawn, String trait) {
        return people(drawn, p -> {
            Set<String> traits = new HashSet<>(p.traits());
            traits.add(trait);
            return new Estate.Person(
                    p.number(),
                    p.holder(),
                    p.status(),
                    traits,
                    p.from(),
                    p.until(),
                    p.uses(),
                    p.leastCertificate(),
                    p.groups(),
                    p.carriers());
        });
    }

    static Draw.Drawn everGood(Draw.Drawn drawn) {
        return people(
                drawn,
                p -> new Estate.Person(
                        p.number(),
                        p.holder(),
                        "ACTIVE",
                        p.traits(),
                        0,
                        Estate.EVER,
                        Estate.UNLIMITED,
                        0,
                        p.groups(),
                        p.carriers()));
    }

    private static Draw.Drawn people(Draw.Drawn drawn, UnaryOperator<Estate.Person> change) {
        Estate e = drawn.estate();
        List<Estate.Person> people = e.credentials().stream().map(change).toList();
        return new Draw.Drawn(
                new Estate(
                        e.zone(),
                        e.listed(),
                        e.leaseUntil(),
                        e.holidays(),
                        e.schedules(),
                        e.areas(),
                        e.floors(),
                        e.groups(),
                        e.points(),
                        people,
                        e.spaces(),
                        e.entries()),
                drawn.ask());
    }

    static Draw.Drawn duress(Draw.Drawn drawn, boolean duress) {
        return shown(drawn, duress, drawn.ask().shown().tenths());
    }

    static Draw.Drawn cool(Draw.Drawn drawn) {
        return shown(drawn, drawn.ask().shown().duress(), Ask.NONE);
    }

    private static Draw.Drawn shown(Draw.Drawn drawn, boolean duress, int tenths) {
        Ask.Shown s = drawn.ask().shown();
        Ask.Shown shown = new Ask.Shown(
                s.notGenuine(),
                s.unread(),
                s.credential(),
                s.carrierKind(),
                s.carrierValue(),
                s.plate(),
                s.method(),
                s.level(),
                s.certificate(),
                s.second(),
                duress,
                s.companion(),
                s.floor(),
                s.side(),
                tenths);
        Ask a = drawn.ask();
        return new Draw.Drawn(drawn.estate(), new Ask(a.point(), shown, a.now(), a.clock(), a.passes(), a.site()));
    }

    static Draw.Drawn at(Draw.Drawn drawn, Instant now, String clock) {
        Ask a = drawn.ask();
        return new Draw.Drawn(drawn.estate(), new Ask(a.point(), a.shown(), now, clock, a.passes(), a.site()));
    }

    static Draw.Drawn passes(Draw.Drawn drawn, int passes) {
        Ask a = drawn.ask();
        return new Draw.Drawn(drawn.estate(), new Ask(a.point(), a.shown(), a.now(), a.clock(), passes, a.site()));
    }

    /** Nothing burns, nothing threatens, all doors shut, everything known a moment ago. */
    static Draw.Drawn quiet(Draw.Drawn drawn) {
        Ask.Site s = drawn.ask().site();
        return site(
                drawn,
                new Ask.Site(
                        s.mode(),
                        s.wrongTries(),
                        s.first(),
                        0,
                        s.fire(),
                        Set.of(),
                        Ask.NONE,
                        0,
                        0,
                        java.util.Map.of(),
                        0));
    }

    static Draw.Drawn burning(Draw.Drawn drawn, Set<Integer> zones) {
        Ask.Site s = drawn.ask().site();
        return site(
                drawn,
                new Ask.Site(
                        s.mode(),
                        s.wrongTries(),
                        s.first(),
                        s.threat(),
                        zones,
                        s.open(),
                        s.holderArea(),
                        s.since(),
                        s.age(),
                        s.counts(),
                        s.silence()));
    }

    private static Draw.Drawn site(Draw.Drawn drawn, Ask.Site site) {
        Ask a = drawn.ask();
        return new Draw.Drawn(drawn.estate(), new Ask(a.point(), a.shown(), a.now(), a.clock(), a.passes(), site));
    }
}
