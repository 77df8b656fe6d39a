package io.zhitong.decision;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.decision.naive.Answer;
import io.zhitong.decision.naive.Ask;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A naive question as a request to the engine, and the engine's decision as a naive answer. */
public final class Asked {

    private Asked() {}

    public static Request request(Ask ask) {
        return new Request(
                new PointId(ask.point()),
                new PointState(
                        Optional.of(ask.site().mode())
                                .filter(mode -> !mode.isEmpty())
                                .map(PointMode::valueOf),
                        ask.site().wrongTries()),
                presented(ask.shown()),
                ask.now(),
                ClockQuality.valueOf(ask.clock()),
                ask.passes(),
                extras(ask.shown()),
                site(ask.site()));
    }

    private static Presented presented(Ask.Shown shown) {
        AccessMethod method = AccessMethod.valueOf(shown.method());
        if (shown.notGenuine()) {
            return new Presented.NotGenuine(method);
        }
        if (!shown.unread().isEmpty()) {
            return new Presented.Unread(method, DenyReason.valueOf(shown.unread()));
        }
        if (!shown.credential().isEmpty()) {
            return new Presented.Genuine(
                    EngineLists.number(shown.credential()),
                    method,
                    CarrierLevel.valueOf(shown.level()),
                    shown.certificate());
        }
        return shown.carrierKind().isEmpty()
                ? new Presented.ByPlate(method)
                : new Presented.ByCarrier(
                        CarrierKind.valueOf(shown.carrierKind()),
                        EngineLists.value(shown.carrierKind(), shown.carrierValue()),
                        method);
    }

    private static Extras extras(Ask.Shown shown) {
        return new Extras(
                second(shown, "PROVED"),
                second(shown, "WRONG"),
                shown.duress(),
                Optional.of(shown.companion())
                        .filter(companion -> !companion.isEmpty())
                        .map(EngineLists::number),
                shown.floor() == Ask.NONE
                        ? Optional.empty()
                        : Optional.of(
                                new Extras.Floor(shown.floor(), shown.side().equals("REAR"))),
                shown.plate(),
                shown.tenths());
    }

    private static Set<AccessMethod> second(Ask.Shown shown, String how) {
        return shown.second().entrySet().stream()
                .filter(factor -> factor.getValue().equals(how))
                .map(factor -> AccessMethod.valueOf(factor.getKey()))
                .collect(Collectors.toSet());
    }

    private static SiteState site(Ask.Site site) {
        return new SiteState(
                site.first(),
                site.threat(),
                Tally.of(site.fire()),
                Tally.of(site.open()),
                site.holderArea(),
                site.since(),
                site.age(),
                Tally.of(site.counts()),
                site.silence());
    }

    public static Answer answer(Decision decision) {
        String passed = Arrays.stream(decision.rules().toArray())
                .mapToObj(id -> RuleName.of(Integer.toUnsignedLong(id)))
                .flatMap(Optional::stream)
                .map(Enum::name)
                .reduce("", (before, last) -> last);
        if (decision instanceof Decision.Grant grant) {
            return new Answer(
                    "",
                    false,
                    grant.pulseMillis(),
                    right(decision),
                    grant.floors().front(),
                    grant.floors().rear(),
                    grant.barrier(),
                    grant.silentAlarm(),
                    grant.recorded(),
                    grant.as() == PassedAs.ORDINARY ? "" : grant.as().name(),
                    passed);
        }
        Decision.Deny deny = (Decision.Deny) decision;
        return new Answer(
                deny.reason().name(), deny.alarm(), 0, 0, new BitSet(), new BitSet(), false, false, false, "", passed);
    }

    private static long right(Decision decision) {
        return Arrays.stream(decision.rules().toArray())
                .mapToLong(Integer::toUnsignedLong)
                .filter(id -> RuleName.of(id).isEmpty())
                .findFirst()
                .orElse(0);
    }
}
