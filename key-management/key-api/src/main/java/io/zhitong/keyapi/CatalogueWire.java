package io.zhitong.keyapi;

import java.util.List;

/** Both ends of {@link KeyCatalogue}. */
final class CatalogueWire {
    private CatalogueWire() {}

    static void serve(KeyCatalogue catalogue, WireHandlers handlers) {
        handlers.put(CatalogueOp.MASTERS, in -> out -> Lists.encode(out, catalogue.masters(), KeyListing::encode));
        handlers.put(CatalogueOp.LINEAGE, in -> {
            KeyRef key = KeyRef.decode(in);
            return out -> catalogue.lineage(key).encode(out);
        });
    }

    static KeyCatalogue remote(WireAsker wire) {
        return new KeyCatalogue() {
            @Override
            public List<KeyListing> masters() {
                return wire.ask(CatalogueOp.MASTERS, out -> {}, in -> Lists.decode(in, KeyListing::decode));
            }

            @Override
            public KeyLineage lineage(KeyRef key) {
                return wire.ask(CatalogueOp.LINEAGE, key::encode, KeyLineage::decode);
            }
        };
    }
}
