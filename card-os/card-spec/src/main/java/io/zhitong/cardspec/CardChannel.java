package io.zhitong.cardspec;

/**
 * The way to one card (卡通道): a command APDU in, a response APDU with its status word out. Logging, GET RESPONSE and
 * recording are decorators of this one method. Implementations say whether they are thread-safe; assume not.
 */
@FunctionalInterface
public interface CardChannel {
    /**
     * Sends one command and waits for the answer.
     *
     * @param command 4 to 261 bytes
     * @return data ‖ SW1 ‖ SW2, at least two bytes
     * @throws CardException if the card left, the reader failed or the time ran out
     */
    byte[] transceive(byte[] command);

    /** The same with the parsed forms. */
    default ResponseApdu send(CommandApdu command) {
        return ResponseApdu.parse(transceive(command.encode()));
    }
}
