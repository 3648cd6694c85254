//! The web server: connections, their limits, and nothing of what is answered.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use http_body_util::{BodyExt as _, Either, Full, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{self, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::Receiver;
use tokio::sync::oneshot;

use super::answer::{self, Answer, Said};
use super::desk::Desk;

mod patient;

use patient::Patient;

/// Bytes of a request's head.
const HEAD: usize = 16 << 10;

/// Bytes that may be posted.
const POSTED: usize = 64 << 10;

/// How long a client may take over its request's head.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections at a time; a further one is closed.
const MOST: usize = 12_000;

/// Files that may be open at a time.
#[cfg(unix)]
const FILES: u64 = MOST as u64 + 500;

/// Threads that render: more than a few at a time only wait for each other.
const THREADS: usize = 32;

/// How often those who listen get a sign of life.
const BEAT: Duration = Duration::from_secs(10);

/// Ports that are tried, one after the other.
const PORTS: u16 = 100;

/// A place to listen at: the port that was asked for, else the next one that is free.
pub(super) fn listen(address: SocketAddr) -> std::io::Result<std::net::TcpListener> {
    let mut refused = None;
    for port in (0..PORTS).map_while(|further| address.port().checked_add(further)) {
        match std::net::TcpListener::bind(SocketAddr::new(address.ip(), port)) {
            Ok(listener) => {
                listener.set_nonblocking(true)?;
                return Ok(listener);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => refused = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(refused.unwrap_or_else(|| std::io::Error::from(std::io::ErrorKind::AddrInUse)))
}

/// A server that does not serve yet, and can be interrupted already.
pub(super) struct Server {
    runtime: Runtime,
    stop: Pin<Box<dyn Future<Output = std::io::Result<()>>>>,
}

impl Server {
    /// One that listens to the author's interrupt.
    pub(super) fn new() -> std::io::Result<Server> {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.max_blocking_threads(THREADS).enable_all().build()?;
        let mut stop: Pin<Box<dyn Future<Output = _>>> = Box::pin(tokio::signal::ctrl_c());
        // The first poll is what begins to listen.
        let entered = runtime.enter();
        let _ = stop.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        drop(entered);
        Ok(Server { runtime, stop })
    }

    /// Serve until the author interrupts, or `dead` tells that nobody makes sites any more.
    pub(super) fn run(
        self,
        listener: std::net::TcpListener,
        desk: &Arc<Desk>,
        dead: oneshot::Receiver<()>,
    ) -> std::io::Result<()> {
        let Server { runtime, mut stop } = self;
        raise_limit();
        let done = runtime.block_on(async {
            let listener = TcpListener::from_std(listener)?;
            tokio::spawn(accept(listener, Arc::clone(desk)));
            tokio::spawn(beat(Arc::clone(desk)));
            let mut dead = pin!(dead);
            std::future::poll_fn(|context| match dead.as_mut().poll(context) {
                Poll::Ready(_) => Poll::Ready(Err(std::io::Error::other("nobody looks for changes any more"))),
                Poll::Pending => stop.as_mut().poll(context),
            })
            .await
        });
        // A page that is still being rendered is not waited for.
        runtime.shutdown_background();
        done
    }
}

/// Each connection is an open file, of which a shell allows few unless it is asked.
#[cfg(unix)]
fn raise_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let now = getrlimit(Resource::Nofile);
    let wanted = now.maximum.unwrap_or(u64::MAX).min(FILES);
    if now.current.is_some_and(|current| current < wanted) {
        // Without it fewer connections fit, and the rest wait.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: now.maximum });
    }
}

#[cfg(not(unix))]
fn raise_limit() {}

/// Take connections as they come.
async fn accept(listener: TcpListener, desk: Arc<Desk>) {
    let seats = Arc::new(Semaphore::new(MOST));
    loop {
        match listener.accept().await {
            Ok((stream, _)) => seat(stream, (&desk, &seats)),
            // Out of file descriptors, most likely: some will be given back.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Give those who listen a sign of life.
async fn beat(desk: Arc<Desk>) {
    let mut beat = tokio::time::interval(BEAT);
    loop {
        beat.tick().await;
        desk.beat();
    }
}

/// Serve one connection, if there is room.
fn seat(stream: TcpStream, (desk, seats): (&Arc<Desk>, &Arc<Semaphore>)) {
    let Ok(seat) = Arc::clone(seats).try_acquire_owned() else { return };
    // Small answers are to leave at once; a socket that cannot do so is used as it is.
    let _ = stream.set_nodelay(true);
    let desk = Arc::clone(desk);
    tokio::spawn(async move {
        let service = service_fn(move |request| respond(Arc::clone(&desk), request));
        let mut server = hyper::server::conn::http1::Builder::new();
        server.max_buf_size(HEAD).timer(TokioTimer::new()).header_read_timeout(PATIENCE);
        // Who has said all may close that half, and is still answered; who left altogether is noticed by writing.
        server.half_close(true);
        // What a client does wrong ends its connection and concerns nobody else.
        let _ = server.serve_connection(Patient::new(TokioIo::new(stream)), service).await;
        drop(seat);
    });
}

async fn respond(
    desk: Arc<Desk>,
    request: Request<Incoming>,
) -> Result<Response<Either<Full<Bytes>, Stream>>, Infallible> {
    let (head, body) = request.into_parts();
    let collected = tokio::time::timeout(PATIENCE, Limited::new(body, POSTED).collect()).await;
    let answer = match collected {
        Ok(Ok(body)) => {
            let request = answer::Request {
                method: head.method,
                path: head.uri.path().to_owned(),
                query: head.uri.query().unwrap_or("").to_owned(),
                headers: head.headers,
                body: body.to_bytes(),
            };
            answer::answer(&desk, request).await
        }
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            Answer::plain(StatusCode::PAYLOAD_TOO_LARGE, "that is too much")
        }
        Ok(Err(_)) => Answer::plain(StatusCode::BAD_REQUEST, "the request broke off"),
        Err(_) => Answer::plain(StatusCode::REQUEST_TIMEOUT, "the request took too long"),
    };
    Ok(response(&desk, answer))
}

fn response(desk: &Desk, answer: Answer) -> Response<Either<Full<Bytes>, Stream>> {
    let body = match answer.body {
        Said::Whole(bytes) => Either::Left(Full::new(bytes)),
        Said::Stream => Either::Right(Stream(desk.listen())),
    };
    let mut response = Response::new(body);
    *response.status_mut() = answer.status;
    let headers = response.headers_mut();
    for (name, value) in answer.headers {
        // What cannot stand in a header is left out.
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// The messages for one who listens, as they come.
struct Stream(Receiver<Bytes>);

impl Body for Stream {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|message| message.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}
