package io.zhitong.zt.decide;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.decision.Extras;
import io.zhitong.decision.PointState;
import io.zhitong.decision.Presented;
import io.zhitong.decision.Request;
import io.zhitong.decision.SiteState;
import io.zhitong.decision.Tally;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A request as in test-vectors/decision/README.md (请求读入). */
final class RequestReader {

    private RequestReader() {}

    static Request read(Json request) {
        request.only("point", "presented", "now", "clock", "passes", "state");
        Json state = request.at("state");
        Json presented = request.at("presented");
        return new Request(
                new PointId(request.small("point", 0)),
                new PointState(
                        state.has("mode")
                                ? Optional.of(state.one(PointMode.class, "mode", PointMode.NORMAL))
                                : Optional.empty(),
                        state.small("wrongTries", 0)),
                presented.as(RequestReader::presented),
                request.at("now").as(now -> OffsetDateTime.parse(now.text()).toInstant()),
                request.one(ClockQuality.class, "clock", ClockQuality.SYNCHRONISED),
                request.small("passes", 0),
                presented.as(RequestReader::extras),
                state.as(RequestReader::site));
    }

    private static Presented presented(Json p) {
        p.only(
                "credential",
                "carrier",
                "notGenuine",
                "unread",
                "method",
                "level",
                "certificate",
                "second",
                "duress",
                "companion",
                "floor",
                "plate",
                "temperature");
        AccessMethod method = p.one(AccessMethod.class, "method", AccessMethod.SEALED);
        if (p.yes("notGenuine", false)) {
            return new Presented.NotGenuine(method);
        }
        if (p.has("unread")) {
            return new Presented.Unread(method, p.one(DenyReason.class, "unread", DenyReason.CARD_ERROR));
        }
        if (p.has("credential")) {
            return new Presented.Genuine(
                    EstateReader.number(p.at("credential")),
                    method,
                    p.one(CarrierLevel.class, "level", CarrierLevel.SEALED_CARD),
                    p.small("certificate", 1));
        }
        return p.has("carrier") ? carrier(p.at("carrier"), method) : new Presented.ByPlate(method);
    }

    private static Presented carrier(Json c, AccessMethod method) {
        CarrierKind kind = c.at("kind").as(name -> CarrierKind.valueOf(name.text()));
        return new Presented.ByCarrier(kind, c.at("value").as(text -> EstateReader.value(kind, text.text())), method);
    }

    private static Extras extras(Json p) {
        return new Extras(
                second(p, "PROVED"),
                second(p, "WRONG"),
                p.yes("duress", false),
                p.has("companion") ? Optional.of(EstateReader.number(p.at("companion"))) : Optional.empty(),
                p.has("floor") ? Optional.of(p.at("floor").as(RequestReader::floor)) : Optional.empty(),
                p.text("plate", ""),
                p.tenths("temperature", Extras.NOT_MEASURED));
    }

    private static Extras.Floor floor(Json f) {
        return new Extras.Floor(f.small("index", 0), f.text("side", "FRONT").equals("REAR"));
    }

    private static Set<AccessMethod> second(Json p, String how) {
        Json second = p.at("second");
        return p.names("second").stream()
                .filter(factor -> second.at(factor).as(RequestReader::shown).equals(how))
                .map(factor -> second.at(factor).as(any -> AccessMethod.valueOf(factor)))
                .collect(Collectors.toSet());
    }

    private static String shown(Json factor) {
        if (!Set.of("PROVED", "WRONG").contains(factor.text())) {
            throw factor.bad("is neither PROVED nor WRONG 应为 PROVED 或 WRONG");
        }
        return factor.text();
    }

    private static SiteState site(Json s) {
        s.only("mode", "wrongTries", "first", "threat", "fire", "open", "holder", "age", "counts", "silence");
        Json holder = s.at("holder");
        return new SiteState(
                s.yes("first", false),
                s.small("threat", 0),
                Tally.of(s.each("fire", Json::whole)),
                Tally.of(s.each("open", Json::whole)),
                holder.small("area", SiteState.NOWHERE),
                holder.second("since", 0),
                s.number("age", 0),
                Tally.of(s.byNumber("counts", Json::count)),
                s.number("silence", 0));
    }
}
