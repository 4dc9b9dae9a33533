//! gzip and zstd: the stream inside is read as if it stood alone.

use super::{Format, Source, read};
use crate::Problem;
use crate::sink::{Flow, Sink};
use std::io::{BufReader, Read};

/// gzip, also of many members, as WARC files are.
#[derive(Debug)]
pub struct Gzip;

impl Format for Gzip {
    fn sniff(&self, head: &[u8]) -> bool {
        head.starts_with(&[0x1F, 0x8B, 8])
    }

    fn read(&self, mut source: Source<'_>, sink: &mut Sink<'_>) -> Flow {
        let bytes = flate2::read::MultiGzDecoder::new(source.stream());
        unpack(source, bytes, sink)
    }
}

/// Zstandard, also of many frames.
#[derive(Debug)]
pub struct Zstd;

/// The window of a frame may need so much memory; what `zstd -19` makes needs less.
const WINDOW: u64 = 64 << 20;

impl Format for Zstd {
    fn sniff(&self, head: &[u8]) -> bool {
        head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD])
    }

    fn read(&self, mut source: Source<'_>, sink: &mut Sink<'_>) -> Flow {
        let bytes = Frames::of(source.stream());
        unpack(source, bytes, sink)
    }
}

fn unpack(source: Source<'_>, bytes: impl Read, sink: &mut Sink<'_>) -> Flow {
    let name = |s: &str| s.strip_suffix(".gz").or_else(|| s.strip_suffix(".zst")).unwrap_or(s).to_string();
    read(Source::unpacked(source.shown.clone(), name(&source.id), source.hints.clone(), source.depth(), Box::new(bytes)), sink)
}

type Decoder<R> = ruzstd::decoding::StreamingDecoder<BufReader<R>, ruzstd::decoding::FrameDecoder>;

/// The frames of a file, one after the other.
struct Frames<R: Read> {
    rest: Option<BufReader<R>>,
    frame: Option<Decoder<R>>,
}

impl<R: Read> Frames<R> {
    fn of(bytes: R) -> Frames<R> {
        Frames { rest: Some(BufReader::with_capacity(1 << 16, bytes)), frame: None }
    }
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        loop {
            if let Some(f) = &mut self.frame {
                let n = f.read(out)?;
                if n > 0 || out.is_empty() {
                    return Ok(n);
                }
                self.rest = self.frame.take().map(Decoder::into_inner);
            }
            let Some(mut rest) = self.rest.take() else { return Ok(0) };
            if std::io::BufRead::fill_buf(&mut rest)?.is_empty() {
                return Ok(0);
            }
            let wrong = |e: ruzstd::decoding::errors::FrameDecoderError| std::io::Error::other(e.to_string());
            self.frame = Some(Decoder::new_with_max_window_size(rest, WINDOW).map_err(wrong)?);
        }
    }
}

/// The body of an answer in the encoding that the server names, of a limited size.
///
/// # Errors
/// When it is broken, too large or in an encoding that no server uses.
pub(crate) fn inflate(body: &[u8], encoding: &str, limit: u64) -> Result<Vec<u8>, Problem> {
    match encoding {
        "gzip" | "x-gzip" => super::capped(flate2::read::MultiGzDecoder::new(body), limit),
        "deflate" => super::capped(flate2::read::ZlibDecoder::new(body), limit).or_else(|_| super::capped(flate2::read::DeflateDecoder::new(body), limit)),
        "br" => super::capped(brotli_decompressor::Decompressor::new(body, 1 << 16), limit),
        "zstd" => super::capped(Frames::of(body), limit),
        "" | "identity" => Ok(body.to_vec()),
        other => Err(Problem::Broken("page", format!("it is compressed with {other}"))),
    }
}
