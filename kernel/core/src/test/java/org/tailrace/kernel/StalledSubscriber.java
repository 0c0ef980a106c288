package org.tailrace.kernel;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.tailrace.kernel.wire.ConnectionInfo;

/** Subscribes to everything over a plain TCP socket, speaking just enough ZMTP 3.0, reads the welcome, and then reads no more. */
final class StalledSubscriber implements AutoCloseable {

    private final Socket socket = new Socket();

    StalledSubscriber(ConnectionInfo kernel) {
        try {
            // small, and set before the connection is made, so that the kernel's side fills up soon
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(kernel.ip(), kernel.iopubPort()));
            OutputStream out = socket.getOutputStream();
            var in = new DataInputStream(socket.getInputStream());
            byte[] greeting = new byte[64];
            greeting[0] = (byte) 0xFF;
            greeting[9] = 0x7F;
            greeting[10] = 3;
            System.arraycopy("NULL".getBytes(StandardCharsets.US_ASCII), 0, greeting, 12, 4);
            out.write(greeting);
            in.readFully(new byte[64]);
            byte[] ready = "\5READY\13Socket-Type\0\0\0\3SUB".getBytes(StandardCharsets.US_ASCII);
            out.write(4);
            out.write(ready.length);
            out.write(ready);
            byte[] subscribeAll = {0, 1, 1};
            out.write(subscribeAll);
            out.flush();
            // its own READY, then the first frame of the welcome: from here on the kernel distributes to this socket
            in.readUnsignedByte();
            in.readFully(new byte[in.readUnsignedByte()]);
            in.readUnsignedByte();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isConnected() {
        return socket.isConnected() && !socket.isClosed();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
