package io.zhitong.decision;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.OfflinePolicy;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Trait;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * A request with everything the rules look at (判定情形).
 *
 * @param point configuration of the point asked for, if the device has one
 * @param record what the lists say of the credential, if it is on it
 * @param level of the carrier presented
 * @param car what the lists say of the plate seen, if it is on it
 * @param waived bits of the rules that are asked no more, on paper only
 */
record Situation(
        Request request,
        Policy policy,
        ListState list,
        Optional<PointRecord> point,
        Optional<Listed> record,
        CarrierLevel level,
        Optional<Listed> car,
        int waived) {

    /** The access list as the list rule sees it. */
    enum ListState {
        IN_FORCE,
        MISSING,
        LEASED,
        /** In force whatever its ends say: on paper only. */
        RENEWED
    }

    static Situation of(Request request, Policy policy) {
        Presented presented = request.presented();
        String plate = request.extras().plate();
        Optional<Carried> car = policy.plate(plate);
        Optional<Listed> ofPlate = listed(car, policy);
        Optional<Listed> record = Optional.empty();
        CarrierLevel level = CarrierLevel.NONE;
        if (presented instanceof Presented.Genuine genuine) {
            record = policy.listed(genuine.credential());
            level = genuine.level();
        } else if (presented instanceof Presented.ByCarrier by) {
            Optional<Carried> found = policy.carried(by.kind(), by.value().toByteArray());
            record = listed(found, policy);
            level = level(found);
        } else if (presented instanceof Presented.ByPlate) {
            record = ofPlate;
            level = level(car);
        }
        return new Situation(
                request, policy, listState(policy), policy.point(request.point()), record, level, ofPlate, 0);
    }

    private static Optional<Listed> listed(Optional<Carried> found, Policy policy) {
        return found.isPresent() ? policy.listed(found.get().credential()) : Optional.empty();
    }

    private static CarrierLevel level(Optional<Carried> found) {
        return found.isPresent() ? found.get().level() : CarrierLevel.COPIED_NUMBER;
    }

    private static ListState listState(Policy policy) {
        if (policy.version().equals(ListVersion.NONE)) {
            return ListState.MISSING;
        }
        return policy.leaseLimited() ? ListState.LEASED : ListState.IN_FORCE;
    }

    boolean clockKnown() {
        return request.clock() != ClockQuality.UNKNOWN;
    }

    Instant now() {
        return request.now();
    }

    SiteState site() {
        return request.site();
    }

    Extras extras() {
        return request.extras();
    }

    AccessMethod method() {
        return request.presented().method();
    }

    int certificate() {
        return request.presented() instanceof Presented.Genuine genuine
                ? genuine.certificate()
                : Presented.Genuine.NO_CERTIFICATE;
    }

    /** Of what was presented: shown as a number, or found for it. */
    Optional<CredentialNumber> credential() {
        return request.presented() instanceof Presented.Genuine genuine
                ? Optional.of(genuine.credential())
                : record.map(Listed::credential);
    }

    boolean has(Trait trait) {
        return record.isPresent() && record.get().has(trait);
    }

    /** Schedule 0 holds always, the others by the wall clock when it is known. */
    boolean holds(int schedule) {
        if (schedule == Schedule.ALWAYS_ID || !clockKnown()) {
            return schedule == Schedule.ALWAYS_ID;
        }
        Optional<Schedule> found = policy.schedule(schedule);
        return found.isPresent() && policy.holds(found.get(), now());
    }

    boolean is(PointKind kind) {
        return point.isPresent() && point.get().pointKind() == kind;
    }

    PointPlace place() {
        return point.isPresent() ? point.get().place() : PointPlace.NOWHERE;
    }

    /** Not on the way in from outside. */
    boolean beginsInside() {
        return place().beginsInside();
    }

    boolean byPlate() {
        return request.presented() instanceof Presented.ByPlate;
    }

    /** A car that nobody knows; asked after the list knew nothing of it and it was let on all the same. */
    boolean temporaryCar() {
        return record.isEmpty() && byPlate();
    }

    /** What the point does when the list does not say. */
    Verdict fallback(Verdict otherwise) {
        OfflinePolicy offline = point.isPresent() ? point.get().offline() : OfflinePolicy.BY_LIST;
        return switch (offline) {
            case FREE -> Verdict.open(PassedAs.FREE);
            case FLAT_FARE -> Verdict.open(PassedAs.FLAT_FARE);
            case ASK_GUARD -> Verdict.refuse(DenyReason.ASK_GUARD);
            case BY_LIST, STAFF_ONLY -> otherwise;
        };
    }

    boolean waives(RuleName rule) {
        return (waived & rule.bit()) != 0;
    }

    Situation request(Request other) {
        return new Situation(other, policy, list, point, record, level, car, waived);
    }

    Situation listInForce() {
        Request connected = request.site(request.site().connected());
        return new Situation(connected, policy, ListState.RENEWED, point, record, level, car, waived);
    }

    Situation point(PointRecord other) {
        return new Situation(request, policy, list, Optional.of(other), record, level, car, waived);
    }

    Situation record(Listed other) {
        return new Situation(request, policy, list, point, Optional.of(other), level, car, waived);
    }

    Situation level(CarrierLevel other) {
        return new Situation(request, policy, list, point, record, other, car, waived);
    }

    Situation car(Listed other) {
        return new Situation(request, policy, list, point, record, level, Optional.of(other), waived);
    }

    Situation waive(RuleName rule) {
        return new Situation(request, policy, list, point, record, level, car, waived | rule.bit());
    }
}
