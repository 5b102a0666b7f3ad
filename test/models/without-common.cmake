# llama-cpp-python has llama.cpp build and install a library that the server does not load: half the work of the whole. This is read
# when llama.cpp's own project begins, and hides the setting that asks for it.
set(LLAMA_BUILD_COMMON OFF)
