package io.zhitong.link;

import io.zhitong.accessmodel.ListGate;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRefusal;
import io.zhitong.accessmodel.ListRefusedException;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.ListOffer;
import io.zhitong.link.proto.Refused;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a device's lists at the version the backend offers (名单同步), one after the other: header judged first, records
 * fetched, the whole verified, then installed. One per connection, used by one thread.
 */
final class ListSync {

    /** Below this many records the descent costs more than the records. */
    private static final int SMALL = 64;

    /** Of larger records a bucket with several might not fit a frame: such lists are always fetched whole. */
    private static final int LARGE = 2_048;

    private static final Logger LOG = LoggerFactory.getLogger(ListSync.class);

    private final ListGate gate;
    private final ListHolder holder;
    private final Consumer<FromDevice> out;
    private final Map<ListKind, Wanted> wanted = new LinkedHashMap<>();
    private Optional<ListFetch> fetching = Optional.empty();

    /** @param change from the list before, if it came along */
    private record Wanted(ListHeader header, Optional<ListChange> change) {}

    ListSync(ListGate gate, ListHolder holder, Consumer<FromDevice> out) {
        this.gate = gate;
        this.holder = holder;
        this.out = out;
    }

    /** A header came in the welcome. */
    void offered(byte[] headerBytes) {
        offered(headerBytes, Optional.empty());
    }

    /**
     * A header came later, perhaps with what differs from the list before.
     *
     * @throws LinkException MALFORMED if the base is no root
     */
    void offered(ListOffer offer) {
        offered(
                offer.getHeader().toByteArray(),
                Optional.of(offer)
                        .filter(with -> !with.getBase().isEmpty())
                        .map(with -> Wire.checked(() -> ListChange.received(with.getBase(), with.getBucketList()))));
    }

    private void offered(byte[] headerBytes, Optional<ListChange> change) {
        try {
            ListHeader header = ListHeader.decode(headerBytes);
            if (holder.held(header.kind())
                    .filter(list -> same(list.header(), header))
                    .isPresent()) {
                return;
            }
            wanted.put(
                    header.kind(),
                    new Wanted(gate.admit(headerBytes, header.kind(), heldVersion(header.kind())), change));
            next();
        } catch (ModelException e) {
            LOG.warn("list header refused reason={}", e.reason());
        } catch (ListRefusedException e) {
            refuse(ListHeader.decode(headerBytes).kind(), e.reason());
        }
    }

    /** A backend that was put back to its backup signs what it published before again, with another date. */
    private static boolean same(ListHeader held, ListHeader offered) {
        return held.version().equals(offered.version()) && held.root().equals(offered.root());
    }

    private ListVersion heldVersion(ListKind kind) {
        return holder.held(kind).map(list -> list.header().version()).orElse(ListVersion.NONE);
    }

    /** @throws LinkException if nothing was asked or this is no answer to it */
    void answered(FromBackend answer) {
        ListFetch fetch = fetching.orElseThrow(ListFetch::outOfTurn);
        fetch.take(answer);
        advance(fetch);
    }

    /** The backend has no such list any more: it will have offered a newer one. */
    void gone() {
        fetching = Optional.empty();
        next();
    }

    private void next() {
        // offered again while it was fetched
        wanted.values()
                .removeIf(next -> next.header()
                                .version()
                                .compareTo(heldVersion(next.header().kind()))
                        <= 0);
        if (fetching.isPresent() || wanted.isEmpty()) {
            return;
        }
        Wanted next =
                Objects.requireNonNull(wanted.remove(wanted.keySet().iterator().next()));
        begin(given(next).orElseGet(() -> asking(next.header())));
    }

    private Optional<ListFetch> given(Wanted next) {
        Optional<SignedList> held = holder.held(next.header().kind());
        return next.change()
                .filter(change -> held.filter(list -> list.header().root().equals(change.base()))
                        .isPresent())
                .map(change -> new GivenFetch(next.header(), held.orElseThrow(), change));
    }

    private ListFetch asking(ListHeader header) {
        return holder.held(header.kind())
                .filter(held -> held.header().count() >= SMALL && header.kind().maxRecordLength() < LARGE)
                .<ListFetch>map(held -> new DifferenceFetch(header, held))
                .orElseGet(() -> new FullFetch(header));
    }

    private void begin(ListFetch fetch) {
        fetching = Optional.of(fetch);
        advance(fetch);
    }

    private void advance(ListFetch fetch) {
        if (!fetch.complete()) {
            out.accept(fetch.question());
            return;
        }
        fetching = Optional.empty();
        try {
            SignedList list = fetch.joined();
            holder.install(list);
            LOG.info(
                    "list installed kind={} version={} records={}",
                    list.header().kind(),
                    list.header().version(),
                    list.header().count());
        } catch (ListRefusedException e) {
            if (fetch instanceof GivenFetch) { // what came along is nobody's word: ask
                begin(asking(fetch.header()));
                return;
            }
            refuse(fetch.header().kind(), e.reason());
        }
        next();
    }

    private void refuse(ListKind kind, ListRefusal reason) {
        LOG.warn("list refused kind={} reason={}", kind, reason);
        holder.refused(kind, reason);
        out.accept(FromDevice.newBuilder()
                .setRefused(Refused.newBuilder().setReason(reason.code()).setKind(kind.code()))
                .build());
    }
}
