use std::io::Read;
use tawatur_claims::{Coder, Document};
fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let doc = Document { text, published: Some("2020-01-01".into()), ..Document::default() };
    for sentence in Coder::new().cut(&doc) {
        println!("{sentence}");
    }
    Ok(())
}
