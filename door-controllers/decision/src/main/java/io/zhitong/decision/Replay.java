package io.zhitong.decision;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.Circumstances;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From a request to what an access event says of it, and back (判定留痕与还原). With the lists of that time the request that comes back is
 * decided as the first was: only the carrier's own value is not kept, its credential stands for it. Pure.
 */
public final class Replay {

    private static final long MOST_SECONDS = 0xFFFF_FFFFL;
    private static final int MOST_PASSES = 0xFFFF;
    private static final int LONGEST_PLATE = 32;

    private Replay() {}

    /** What the request was decided by besides the lists. */
    public static Circumstances of(Request request, Policy policy) {
        Situation situation = Situation.of(request, policy);
        SiteState site = request.site();
        PointPlace place = situation.place();
        return new Circumstances(
                request.state().ordered(),
                request.state().wrongTries(),
                Math.min(site.threat(), 0xFF),
                site.first(),
                site.fire().has(zone(policy.point(request.point()))),
                openPoint(request, policy, place.interlockGroup()),
                new Circumstances.Place(
                        site.holderArea(),
                        bounded(site.holderSinceSecond()),
                        bounded(site.ageSeconds()),
                        bounded(site.counts().at(place.toArea()))),
                bounded(site.silenceSeconds()),
                Math.min(request.passes(), MOST_PASSES),
                seen(request.extras(), situation));
    }

    private static Circumstances.Seen seen(Extras extras, Situation situation) {
        return new Circumstances.Seen(
                extras.proved(),
                extras.wrong(),
                extras.duress(),
                Math.min(situation.certificate(), MOST_PASSES - 1),
                extras.floor()
                        .map(floor -> floor.index() + (floor.rear() ? FloorGroup.FLOORS : 0))
                        .orElse(Circumstances.Seen.NONE),
                extras.tenths(),
                extras.companion(),
                extras.plate().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PLATE ? extras.plate() : "",
                situation.byPlate());
    }

    private static int zone(Optional<PointRecord> point) {
        return point.map(record -> record.fire().zone()).orElse(0);
    }

    /** One of them is enough to refuse. */
    private static int openPoint(Request request, Policy policy, int group) {
        Tally open = request.site().open();
        for (int i = 0; group != 0 && i < open.size(); i++) {
            int point = open.number(i);
            if (point != request.point().value() && policy.interlock(point) == group) {
                return point;
            }
        }
        return 0;
    }

    private static long bounded(long seconds) {
        return Math.max(0, Math.min(seconds, MOST_SECONDS));
    }

    /**
     * The request that led to the event; nothing if the event does not tell what the site was like.
     *
     * @param policy by the lists of that time
     */
    public static Optional<Request> request(
            PointId point, AccessEvent event, Instant when, ClockQuality clock, Policy policy) {
        return event.site()
                .map(site -> new Request(
                        point,
                        new PointState(site.ordered(), Math.min(site.wrongTries(), PointState.ALARM_AFTER - 1)),
                        presented(event, site.seen()),
                        when,
                        clock,
                        site.passes(),
                        extras(site.seen()),
                        state(site, policy.point(point))));
    }

    private static Presented presented(AccessEvent event, Circumstances.Seen seen) {
        AccessMethod method = event.method();
        boolean genuine = event.rules().contains(Integer.toUnsignedLong(RuleName.GENUINE.code()));
        if (seen.plateAlone()) {
            return new Presented.ByPlate(method);
        }
        if (event.credential().isPresent()) {
            return new Presented.Genuine(event.credential().get(), method, event.level(), seen.certificate());
        }
        if (genuine) {
            return new Presented.ByCarrier(CarrierKind.TAG, Octets.EMPTY, method);
        }
        return switch (event.reason()) {
            case NOT_GENUINE -> new Presented.NotGenuine(method);
            case CARD_ERROR, SAM_MISSING, METHOD_NOT_ALLOWED, PLATE_MISSING ->
                new Presented.Unread(method, event.reason());
            default -> new Presented.Unread(method, DenyReason.UNKNOWN_CREDENTIAL);
        };
    }

    private static Extras extras(Circumstances.Seen seen) {
        Optional<Extras.Floor> floor = seen.floor() == Circumstances.Seen.NONE
                ? Optional.empty()
                : Optional.of(new Extras.Floor(seen.floor() % FloorGroup.FLOORS, seen.floor() >= FloorGroup.FLOORS));
        return new Extras(
                seen.proved(), seen.wrong(), seen.duress(), seen.companion(), floor, seen.plate(), seen.tenths());
    }

    private static SiteState state(Circumstances site, Optional<PointRecord> point) {
        int entered = point.map(record -> record.place().toArea()).orElse(PointPlace.OUTSIDE);
        return new SiteState(
                site.first(),
                site.threat(),
                site.fire() ? Tally.of(List.of(zone(point))) : Tally.NONE,
                site.openPoint() == 0 ? Tally.NONE : Tally.of(List.of(site.openPoint())),
                site.place().area(),
                site.place().since(),
                site.place().age(),
                Tally.of(Map.of(entered, site.place().count())),
                site.silence());
    }
}
