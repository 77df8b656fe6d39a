package io.zhitong.decision;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * A request with everything the rules look at (判定情形).
 *
 * @param point configuration of the point asked for, if the device has one
 * @param record what the lists say of the credential, if it is on it
 */
record Situation(Request request, Policy policy, ListState list, Optional<PointRecord> point, Optional<Listed> record) {

    /** The access list as the list rule sees it. */
    enum ListState {
        IN_FORCE,
        MISSING,
        LEASED
    }

    static Situation of(Request request, Policy policy) {
        Optional<Listed> record = request.presented() instanceof Presented.Genuine genuine
                ? policy.listed(genuine.credential())
                : Optional.empty();
        return new Situation(request, policy, listState(policy), policy.point(request.point()), record);
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

    AccessMethod method() {
        return request.presented().method();
    }

    CarrierLevel level() {
        return request.presented() instanceof Presented.Genuine genuine ? genuine.level() : CarrierLevel.NONE;
    }

    int certificate() {
        return request.presented() instanceof Presented.Genuine genuine
                ? genuine.certificate()
                : Presented.Genuine.NO_CERTIFICATE;
    }

    Optional<CredentialNumber> credential() {
        return request.presented() instanceof Presented.Genuine genuine
                ? Optional.of(genuine.credential())
                : Optional.empty();
    }

    Situation request(Request other) {
        return new Situation(other, policy, list, point, record);
    }

    Situation listInForce() {
        return new Situation(request, policy, ListState.IN_FORCE, point, record);
    }

    Situation point(PointRecord other) {
        return new Situation(request, policy, list, Optional.of(other), record);
    }

    Situation record(Listed other) {
        return new Situation(request, policy, list, point, Optional.of(other));
    }
}
