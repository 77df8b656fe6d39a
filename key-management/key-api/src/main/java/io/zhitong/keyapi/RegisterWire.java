package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import java.util.List;

/** The vault's end of {@link CustodyRegister}. */
final class RegisterWire {
    private RegisterWire() {}

    static void serve(CustodyRegister register, WireHandlers handlers) {
        handlers.put(RegisterOp.ITEMS, in -> out -> Lists.encode(out, register.items(), CustodyItem::encode));
        handlers.put(RegisterOp.ENTER, in -> {
            CustodyEntry entry = CustodyEntry.decode(in);
            return out -> register.enter(entry).encode(out);
        });
        handlers.put(RegisterOp.HAND_OVER, in -> {
            int item = in.u16();
            CustodyPerson giver = CustodyPerson.decode(in);
            String receiver = in.text();
            String place = in.text();
            return out -> {
                try (giver) {
                    register.handOver(item, giver, receiver, place).encode(out);
                }
            };
        });
        handlers.put(RegisterOp.CONFIRM, in -> {
            int item = in.u16();
            CustodyPerson receiver = CustodyPerson.decode(in);
            return out -> {
                try (receiver) {
                    register.confirm(item, receiver).encode(out);
                }
            };
        });
        handlers.put(RegisterOp.LOST, in -> {
            int item = in.u16();
            String reporter = in.text();
            return out -> register.lost(item, reporter).encode(out);
        });
        serveTwoPeople(register, handlers);
        handlers.put(RegisterOp.LEASE, in -> {
            LeaseRequest request = LeaseRequest.decode(in);
            return out -> out.bytes(register.lease(request));
        });
    }

    private static void serveTwoPeople(CustodyRegister register, WireHandlers handlers) {
        handlers.put(RegisterOp.DESTROYED, in -> {
            int item = in.u16();
            CustodyPerson by = CustodyPerson.decode(in);
            CustodyPerson witness = CustodyPerson.decode(in);
            return out -> {
                try (by;
                        witness) {
                    register.destroyed(item, by, witness).encode(out);
                }
            };
        });
        handlers.put(RegisterOp.STOCK_TAKE, in -> {
            List<String> serials = Lists.decode(in, ByteReader::text);
            CustodyPerson one = CustodyPerson.decode(in);
            CustodyPerson other = CustodyPerson.decode(in);
            return out -> {
                try (one;
                        other) {
                    register.stockTake(serials, one, other).encode(out);
                }
            };
        });
    }
}
