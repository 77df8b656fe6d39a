package io.zhitong.backend.people;

import io.zhitong.keyapi.DataHashRequest;
import io.zhitong.keyapi.DataUnwrapRequest;
import io.zhitong.keyapi.DataWrapRequest;
import io.zhitong.keyapi.KeyRef;
import java.util.List;

/** Questions about any version as questions about the first, for a vault that has no other. */
final class FirstVersion {
    private FirstVersion() {}

    static List<?> of(List<?> requests) {
        return requests.stream().map(FirstVersion::of).toList();
    }

    private static Object of(Object request) {
        if (request instanceof DataWrapRequest wrap) {
            return new DataWrapRequest(first(wrap.key()), wrap.context(), wrap.dataKey());
        }
        if (request instanceof DataUnwrapRequest unwrap) {
            return new DataUnwrapRequest(first(unwrap.key()), unwrap.context(), unwrap.wrapped());
        }
        DataHashRequest hash = (DataHashRequest) request;
        byte[] value = hash.value();
        // The second version's digests are others than the first's.
        value[0] ^= (byte) (hash.key().version() - 1);
        return new DataHashRequest(first(hash.key()), value);
    }

    private static KeyRef first(KeyRef key) {
        return new KeyRef(key.usage(), 1, key.factors());
    }
}
