package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.Notices;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.StartPhase;
import io.zhitong.backend.foundation.Wake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/**
 * Tells the devices this gateway holds of newer lists, whoever compiled them (名单下发). After a broken connection to the database
 * all of them are told all headers: a word may have been missed.
 */
@Component
@RunsIn(BackendRole.GATEWAY)
final class ListOffers implements BackgroundPart {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final DeviceLists lists;
    private final HeldDevices held;
    private final LinkServers link;
    private final Set<Told> told = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean missed = new AtomicBoolean();
    private final Wake wake = new Wake();
    private final BackgroundThread thread = BackgroundThread.repeating("list-offers", this::round, wake);

    ListOffers(DeviceLists lists, HeldDevices held, LinkServers link, Notices notices) {
        this.lists = lists;
        this.held = held;
        this.link = link;
        notices.on(ListChanges.OFFERED, this::heard);
    }

    private record Told(DeviceAddress device, ListKind kind) {}

    private record Of(CommunityId community, ListKind kind) {}

    private void heard(String word) {
        if (word.isEmpty()) {
            missed.set(true);
            wake.now();
            return;
        }
        ListChanges.Offer offer = ListChanges.Offer.parse(word);
        for (DeviceId number : offer.devices()) {
            DeviceAddress device = new DeviceAddress(offer.community(), number);
            if (held.epoch(device).isPresent()) {
                told.add(new Told(device, offer.kind()));
                wake.now();
            }
        }
    }

    private Duration round() {
        wake.await(LOOK);
        if (missed.compareAndSet(true, false)) {
            held.devices().forEach(this::offerAll);
        }
        // A list that was made while they were greeted went by unheard.
        held.fresh().forEach(this::offerAll);
        Map<Of, List<DeviceId>> waiting = new HashMap<>();
        for (Told each : Set.copyOf(told)) {
            told.remove(each);
            waiting.computeIfAbsent(new Of(each.device().community(), each.kind()), all -> new ArrayList<>())
                    .add(each.device().device());
        }
        waiting.forEach((of, devices) -> lists.news(of.community(), of.kind(), devices)
                .forEach(news -> link.offer(news.header(), news.change())));
        return Duration.ZERO;
    }

    private void offerAll(DeviceAddress device) {
        for (ListHeader header : lists.headers(device)) {
            link.offer(header, Optional.empty());
        }
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }

    @Override
    public int getPhase() {
        return StartPhase.GATEWAY;
    }
}
