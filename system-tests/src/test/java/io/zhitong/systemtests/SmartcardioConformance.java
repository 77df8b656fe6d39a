package io.zhitong.systemtests;

import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardreaders.SmartcardioReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * {@link ReaderConformance} of Java's own PC/SC classes in a process of its own, for they keep one connection to pcscd for the
 * life of a process. Arguments: port of the card world, the reader's name there, its name in pcscd.
 */
final class SmartcardioConformance {
    private SmartcardioConformance() {}

    public static void main(String[] arguments) {
        var driver = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        try (CardWorldClient client = new CardWorldClient(driver);
                SmartcardioReader reader = SmartcardioReader.named(arguments[2])) {
            List<String> findings = new ReaderConformance(reader, new WorldHands(client, arguments[1])).findings();
            findings.forEach(System.out::println);
            System.out.println(findings.isEmpty() ? "conforms" : "does not conform");
        }
    }

    /** Hands at one reader of a card world. */
    record WorldHands(CardWorldClient client, String reader) implements ReaderConformance.Hands {
        @Override
        public void lay(String card) {
            client.insert(card, reader);
        }

        @Override
        public void take() {
            client.remove(reader);
        }
    }
}
