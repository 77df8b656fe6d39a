package io.zhitong.keyvault;

import static io.zhitong.keyapi.KeyUsage.ACCESS_AUTH;
import static io.zhitong.keyapi.KeyUsage.ACCESS_CONTROL;
import static io.zhitong.keyapi.KeyUsage.ACCESS_FAST;
import static io.zhitong.keyapi.KeyUsage.ACCESS_LINE;
import static io.zhitong.keyapi.KeyUsage.APP_AUTH;
import static io.zhitong.keyapi.KeyUsage.APP_CONTROL;
import static io.zhitong.keyapi.KeyUsage.APP_LINE;
import static io.zhitong.keyapi.KeyUsage.BOUGHT_ACCESS;
import static io.zhitong.keyapi.KeyUsage.BOUGHT_CONTROL;
import static io.zhitong.keyapi.KeyUsage.BOUGHT_DLK;
import static io.zhitong.keyapi.KeyUsage.BOUGHT_DPK;
import static io.zhitong.keyapi.KeyUsage.BOUGHT_DTK;
import static io.zhitong.keyapi.KeyUsage.BOUGHT_LINE;
import static io.zhitong.keyapi.KeyUsage.BOUGHT_TRANSPORT;
import static io.zhitong.keyapi.KeyUsage.CARD_CONTROL;
import static io.zhitong.keyapi.KeyUsage.DACK;
import static io.zhitong.keyapi.KeyUsage.DAMK;
import static io.zhitong.keyapi.KeyUsage.DLK;
import static io.zhitong.keyapi.KeyUsage.DPK;
import static io.zhitong.keyapi.KeyUsage.DPUK;
import static io.zhitong.keyapi.KeyUsage.DRPK;
import static io.zhitong.keyapi.KeyUsage.DTK;
import static io.zhitong.keyapi.KeyUsage.DUK;
import static io.zhitong.keyapi.KeyUsage.DULK;
import static io.zhitong.keyapi.KeyUsage.PURSE_CONTROL;
import static io.zhitong.keyapi.KeyUsage.SAM_CONTROL;
import static io.zhitong.keyapi.KeyUsage.SAM_LEASE;
import static io.zhitong.keyapi.KeyUsage.TRANSPORT;

import io.zhitong.keyapi.KeyOperation;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.WrapRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which control key may carry which key (密钥装载规则), deny by default; docs/keys.md has the table. The transport key carries
 * control keys only; an application's control key carries that application's keys of the same card; a SAM's control key
 * carries the SAM's own keys and the two masters made for SAMs, of the SAM's own city and community.
 */
final class WrapRules {
    private static final int TYPE_BITS = 0x1F;

    private static final Map<KeyUsage, Set<KeyUsage>> CARRIES = Map.of(
            TRANSPORT, Set.of(CARD_CONTROL, PURSE_CONTROL, ACCESS_CONTROL, SAM_CONTROL),
            CARD_CONTROL, Set.of(CARD_CONTROL, PURSE_CONTROL, ACCESS_CONTROL, APP_CONTROL),
            APP_CONTROL, Set.of(APP_CONTROL, APP_AUTH, APP_LINE),
            PURSE_CONTROL, Set.of(PURSE_CONTROL, DACK, DAMK, DPK, DLK, DTK, DPUK, DRPK, DULK, DUK),
            ACCESS_CONTROL, Set.of(ACCESS_CONTROL, ACCESS_AUTH, ACCESS_LINE, ACCESS_FAST),
            SAM_CONTROL, Set.of(SAM_CONTROL, SAM_LEASE, DPK, ACCESS_FAST, BOUGHT_DPK, BOUGHT_ACCESS),
            BOUGHT_TRANSPORT, Set.of(BOUGHT_CONTROL),
            BOUGHT_CONTROL, Set.of(BOUGHT_CONTROL, BOUGHT_LINE, BOUGHT_DPK, BOUGHT_DLK, BOUGHT_DTK, BOUGHT_ACCESS));

    /** Control keys of a chip or of the whole card: the applications below them count their cards by other numbers. */
    private static final Set<KeyUsage> OF_THE_WHOLE_CARD = Set.of(TRANSPORT, CARD_CONTROL, BOUGHT_TRANSPORT);

    /** Community factor of a SAM in the city's stock, issued once and bound to no community yet. */
    private static final byte[] CITY_STOCK = new byte[8];

    private WrapRules() {}

    /** The table. */
    static Map<KeyUsage, Set<KeyUsage>> table() {
        return CARRIES;
    }

    /** @throws KeyServiceException when the request is not one of the table's */
    static void check(WrapRequest request) {
        KeyUsage control = request.control().usage();
        KeyUsage key = request.key().usage();
        if (!CARRIES.getOrDefault(control, Set.of()).contains(key)) {
            throw refused(control + " does not carry " + key);
        }
        if ((request.prefix()[0] & TYPE_BITS) != (key.cardType() & TYPE_BITS)) {
            throw refused("the key record's type is not that of " + key);
        }
        if (inStock(request.control())) {
            checkBinding(request);
        } else if (intoSam(request)) {
            checkSam(request);
        } else if (!OF_THE_WHOLE_CARD.contains(control)
                && !sameCard(request.control().factors(), request.key().factors())) {
            throw refused("expected both keys of one card");
        }
    }

    private static boolean inStock(KeyRef control) {
        return control.usage() == SAM_CONTROL
                && control.factors().size() == SAM_CONTROL.chain().depth()
                && Arrays.equals(control.factors().get(1), CITY_STOCK);
    }

    /** Out of the city's stock a SAM goes to one community, once; nothing else is loaded before. */
    private static void checkBinding(WrapRequest request) {
        List<byte[]> stock = request.control().factors();
        List<byte[]> bound = request.key().factors();
        boolean fits = request.key().usage() == SAM_CONTROL
                && bound.size() == stock.size()
                && Arrays.equals(stock.get(0), bound.get(0))
                && Arrays.equals(stock.get(2), bound.get(2));
        if (!fits) {
            throw refused("a SAM in the city's stock takes its community's control key and nothing else");
        }
    }

    private static void checkSam(WrapRequest request) {
        List<byte[]> sam = request.control().factors();
        List<byte[]> master = request.key().factors();
        boolean fits = request.control().usage() == SAM_CONTROL
                && request.key().factors().size()
                        == request.key().usage().chain().depth() - 1
                && same(sam.subList(0, Math.min(sam.size(), master.size())), master);
        if (!fits) {
            throw refused("a master goes only into a SAM of its own city and community, one level above the card");
        }
    }

    /** Whether the request delivers a master, rightly or not. */
    static boolean intoSam(WrapRequest request) {
        KeyRef key = request.key();
        return !key.cardLevel()
                || request.control().usage() == SAM_CONTROL && key.usage().allows(KeyOperation.INTO_SAM);
    }

    /** The same city and card; where one of the keys has no community level the other's is not compared. */
    private static boolean sameCard(List<byte[]> one, List<byte[]> other) {
        if (one.size() == other.size()) {
            return same(one, other);
        }
        return Arrays.equals(one.get(0), other.get(0))
                && Arrays.equals(one.get(one.size() - 1), other.get(other.size() - 1));
    }

    private static boolean same(List<byte[]> one, List<byte[]> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!Arrays.equals(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static KeyServiceException refused(String message) {
        return new KeyServiceException(KeyRefusal.NOT_ALLOWED, message);
    }
}
