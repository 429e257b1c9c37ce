package org.metafusion.serve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/**
 * Between Jetty and the {@link Api}: reads bodies up to their limit, turns away what is too much, writes replies.
 * Predictions run on the thread that read the request: a hand-over would cost more than they do.
 */
final class HttpGate extends Handler.Abstract.NonBlocking {

    private static final String BEARER = "Bearer ";

    private final Api api;
    private final ServeOptions options;
    private final Semaphore places;

    HttpGate(Api api, ServeOptions options) {
        this.api = api;
        this.options = options;
        this.places = new Semaphore(options.maxConcurrent());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!places.tryAcquire()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            Reply busy = Api.refused(
                    503, "The server answers " + options.maxConcurrent() + " requests already; try again soon");
            RequestBody.discard(
                    request, Promise.from(body -> refuse(response, busy, body, callback), callback::failed));
            return true;
        }
        Callback place = new Place(callback, places);
        if (isJson(request)) {
            RequestBody.read(
                    request,
                    options.maxBody(),
                    Promise.from(body -> answer(request, response, body, place), place::failed));
        } else {
            Reply reply = Api.refused(
                    415,
                    "The body must be application/json but is "
                            + request.getHeaders().get(HttpHeader.CONTENT_TYPE));
            RequestBody.discard(request, Promise.from(body -> refuse(response, reply, body, place), place::failed));
        }
        return true;
    }

    private static boolean isJson(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return request.getLength() == 0
                || type == null
                || type.toLowerCase(java.util.Locale.ROOT).startsWith("application/json");
    }

    private void answer(Request request, Response response, RequestBody body, Callback callback) {
        switch (body.state()) {
            case KEPT -> answer(request, response, body.bytes(), callback);
            case BROKEN -> refuse(response, Api.refused(400, "The body did not arrive as a whole"), body, callback);
            default -> {
                String message = "The body has more than " + options.maxBody() + " bytes; send fewer rows at a time";
                refuse(response, Api.refused(413, message), body, callback);
            }
        }
    }

    private void answer(Request request, Response response, byte[] body, Callback callback) {
        Api.Call call = call(request, body);
        if (api.isSlow(call.method(), call.path())) {
            request.getComponents().getExecutor().execute(() -> {
                try {
                    write(response, api.answer(call), callback);
                } catch (Throwable e) { // Nobody else would end the request.
                    callback.failed(e);
                }
            });
        } else {
            write(response, api.answer(call), callback);
        }
    }

    private static void refuse(Response response, Reply reply, RequestBody body, Callback callback) {
        if (body.state().isUnfinished()) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
        write(response, reply, callback);
    }

    private static Api.Call call(Request request, byte[] body) {
        String query = request.getHttpURI().getQuery();
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return new Api.Call(
                request.getMethod(),
                Request.getPathInContext(request),
                query == null ? "" : query,
                body,
                isLocal(request),
                authorization != null && authorization.startsWith(BEARER)
                        ? authorization.substring(BEARER.length())
                        : "");
    }

    private static boolean isLocal(Request request) {
        InetAddress address =
                request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote
                        ? remote.getAddress()
                        : null;
        return address != null && address.isLoopbackAddress();
    }

    static void write(Response response, Reply reply, Callback callback) {
        response.setStatus(reply.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
    }
}
