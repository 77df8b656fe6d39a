package io.zhitong.decision;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.cardspec.CredentialNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes a change to a situation on paper, so that the same rules can be asked again (假设推演). */
final class WhatIf {

    /** Names no compiled rule: a right that exists on paper only. */
    private static final long PAPER_RULE = 0;

    /** Of what is not registered yet. */
    private static final CredentialNumber PAPER_CREDENTIAL = new CredentialNumber(0);

    private WhatIf() {}

    static Situation applied(Change change, Situation s) {
        if (change instanceof OnSite here) {
            return here.applied(s);
        }
        if (change instanceof Change.RegisterCarrier register) {
            return s.record(Listed.of(PAPER_CREDENTIAL, paperRight(register.point())));
        }
        if (change instanceof Change.Reactivate reactivate) {
            return active(s, reactivate.credential());
        }
        if (change instanceof Change.ComeAt come) {
            return s.request(s.request().at(come.at(), s.request().clock()));
        }
        if (change instanceof Change.SetClock) {
            return s.request(s.request().at(s.now(), ClockQuality.HELD));
        }
        if (change instanceof Change.BackToNormal) {
            return s.request(s.request().state(s.request().state().mode(PointMode.NORMAL)));
        }
        if (change instanceof Change.SendLists) {
            return withLists(s);
        }
        if (change instanceof Change.AllowMethod allow) {
            return s.point(accepting(s.point().orElseThrow(), allow.method()));
        }
        return change instanceof Change.AddCredential add
                ? s.record(Listed.of(add.credential(), paperRight(add.point())))
                : carrierOrRecord(change, s);
    }

    private static Situation carrierOrRecord(Change change, Situation s) {
        if (change instanceof Change.UseSaferCarrier use) {
            return presenting(s, use.least(), s.certificate());
        }
        if (change instanceof Change.UseNewestCard use) {
            return presenting(s, s.level(), use.certificate());
        }
        return s.record().map(record -> s.record(changed(record, change))).orElse(s);
    }

    private static Situation active(Situation s, CredentialNumber credential) {
        Situation own = s.record()
                .filter(listed -> listed.credential().equals(credential))
                .map(listed -> s.record(listed.active()))
                .orElse(s);
        return own.car()
                .filter(listed -> listed.credential().equals(credential))
                .map(listed -> own.car(listed.active()))
                .orElse(own);
    }

    private static Listed changed(Listed r, Change change) {
        if (change instanceof Change.Extend extend) {
            return r.until(extend.beyond().getEpochSecond() + 1);
        }
        if (change instanceof Change.AllowUses allow) {
            return r.uses(allow.uses());
        }
        return change instanceof Change.AddRight add ? r.groups(paperRight(add.point())) : r;
    }

    private static GroupSet paperRight(PointId point) {
        return GroupSet.of(new Right(point, Schedule.ALWAYS_ID, PAPER_RULE));
    }

    private static Situation presenting(Situation s, CarrierLevel level, int certificate) {
        Situation safer = s.level(level);
        return s.request().presented() instanceof Presented.Genuine shown
                ? safer.request(safer.request()
                        .presented(new Presented.Genuine(shown.credential(), s.method(), level, certificate)))
                : safer;
    }

    private static Situation withLists(Situation s) {
        return s.point().isPresent() ? s.listInForce() : s.listInForce().point(plainDoor(s));
    }

    private static PointRecord plainDoor(Situation s) {
        return PointRecord.of(
                s.request().point(),
                PointKind.DOOR,
                Set.of(s.method()),
                s.level(),
                PointTimes.of(Engine.DEFAULT_PULSE_MILLIS, 0),
                "");
    }

    private static PointRecord accepting(PointRecord p, AccessMethod method) {
        List<AccessMethod> methods = new ArrayList<>(p.methods());
        methods.add(method);
        return p.with(Set.copyOf(methods));
    }
}
