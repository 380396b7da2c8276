# Homebrew formula; the release workflow fills in `url` and `sha256`.
class Sayso < Formula
  desc "Linter for quotations and attributions in prose"
  homepage "https://example.org/sayso"
  url "https://example.org/sayso/archive/v0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license any_of: ["MIT", "Apache-2.0"]

  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args
    generate_completions_from_executable(bin/"sayso", "completions")
  end

  test do
    (testpath/"a.md").write("“The quay is shut, Ana Reyes said.\n")
    assert_match "unclosed-quotation", shell_output("#{bin}/sayso check --isolated --format concise a.md", 1)
  end
end
