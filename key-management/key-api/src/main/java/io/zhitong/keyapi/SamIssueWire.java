package io.zhitong.keyapi;

import java.util.List;
import java.util.Set;

/**
 * What the vault's own command line asks while it issues SAMs (SAM 发卡请求): wraps and authentications for factory-fresh
 * modules and SAMs, nothing of residents' cards.
 */
final class SamIssueWire {
    private static final Set<KeyUsage> CONTROLS = Set.of(KeyUsage.TRANSPORT, KeyUsage.SAM_CONTROL);
    private static final Set<KeyUsage> CARRIED = Set.of(
            KeyUsage.SAM_CONTROL,
            KeyUsage.SAM_LEASE,
            KeyUsage.DPK,
            KeyUsage.ACCESS_FAST,
            KeyUsage.BOUGHT_DPK,
            KeyUsage.BOUGHT_ACCESS);

    private SamIssueWire() {}

    static void serve(KeyService keys, WireHandlers handlers) {
        handlers.put(VaultOp.WRAP, in -> {
            List<WrapRequest> requests = Lists.decode(in, WrapRequest::decode);
            requests.forEach(request -> {
                require(CONTROLS, request.control());
                require(CARRIED, request.key());
            });
            return out -> Lists.encode(out, keys.wrap(requests), (wrapped, to) -> to.sized(wrapped));
        });
        handlers.put(VaultOp.AUTHENTICATE, in -> {
            KeyRef key = KeyRef.decode(in);
            byte[] challenge = in.bytes(in.u8());
            require(CONTROLS, key);
            return out -> out.bytes(keys.authenticate(key, challenge));
        });
    }

    private static void require(Set<KeyUsage> allowed, KeyRef key) {
        if (!allowed.contains(key.usage())) {
            throw new KeyServiceException(
                    KeyRefusal.CALLER_NOT_ALLOWED, "the command line issues SAMs, a backend issues cards");
        }
    }
}
